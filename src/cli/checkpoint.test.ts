import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EvolveCheckpoint } from '../system';
import { UserError } from '../text';
import { Checkpoint } from './checkpoint';

/** As much of a state as shows that plain data and typed arrays survive. */
const STATE = {
  version: 1,
  seed: 4_294_967_295,
  genetic: {
    population: {
      genes: new Uint32Array([0, 1, 0xffff_ffff]),
      objectives: new Float64Array([0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324]),
    },
    // A view into a larger buffer must not bring its neighbours along.
    archive: { genes: new Uint32Array([9, 8, 7, 6]).subarray(1, 3), objectives: new Float64Array() },
  },
} as unknown as EvolveCheckpoint;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tardigrade-checkpoint-'));
});

describe('a checkpoint', () => {
  it('keeps every bit', async () => {
    await new Checkpoint(folder, 'scenario').write(STATE);
    const read = await new Checkpoint(folder, 'scenario').read();
    expect(read).toEqual(STATE);
    expect(Object.is(read?.genetic.population.objectives[1], -0)).toBe(true);
  });

  it('is absent where none was written', async () => {
    expect(await new Checkpoint(folder, 'scenario').read()).toBeUndefined();
  });

  it('is refused for another scenario, and where it is none', async () => {
    const checkpoint = new Checkpoint(folder, 'scenario');
    await checkpoint.write(STATE);
    await expect(new Checkpoint(folder, 'scenario, changed').read()).rejects.toThrow(
      /belongs to another scenario/,
    );
    const text = await readFile(checkpoint.path, 'utf8');
    for (const broken of [text.slice(0, -10), '{}', 'null', text.replace('checkpoint/1', 'checkpoint/0')]) {
      await writeFile(checkpoint.path, broken);
      await expect(checkpoint.read()).rejects.toThrow(UserError);
    }
  });
});
