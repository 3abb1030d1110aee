import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SHOP_YAML } from '../../src/system/testing/shop';
import { ensureBuilt } from './build';
import { tardigrade } from './run';

const COMMANDS = ['devices', 'calibrate', 'simulate', 'evolve', 'compare'];
const SMALL = ['--generations', '3', '--population', '8', '--heldout', '2', '--engine', 'wasm'];

let folder: string;
let shop: string;

beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'tardigrade-cli-'));
  shop = await save('shop.yaml', SHOP_YAML);
});

async function save(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('tardigrade', () => {
  it('lists its commands, and each has help with an example', async () => {
    const { code, stdout } = await tardigrade(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) {
      expect(stdout).toContain(command);
      const help = await tardigrade([command, '--help']);
      expect(help.code).toBe(0);
      expect(help.stdout).toMatch(new RegExp(`Examples:\\n  tardigrade ${command}`));
    }
  });

  it('says which command or flag was likely meant, and ends with 2', async () => {
    const command = await tardigrade(['evovle']);
    expect(command).toMatchObject({ code: 2, stdout: '' });
    expect(command.stderr).toBe("there is no command 'evovle'; did you mean 'evolve'?\n");
    const flag = await tardigrade(['evolve', shop, '--generation', '3']);
    expect(flag).toMatchObject({ code: 2, stdout: '' });
    expect(flag.stderr).toBe("evolve has no flag --generation; did you mean '--generations'?\n");
  });

  it('lists engines, and which one auto would take, as one JSON document', async () => {
    const { code, stdout } = await tardigrade(['devices', '--json']);
    expect(code).toBe(0);
    const { engines, auto } = JSON.parse(stdout);
    expect(engines.map(({ engine }: { engine: string }) => engine)).toEqual(['webgpu', 'wasm']);
    expect(auto.reason).toMatch(/./);
  });
});

describe('bad input', () => {
  it.each([
    ['is no YAML', 'zones: [a, b, c]', 'zones: [a, b, c', /^\S+shop-bad\.yaml:\d+:\d+: not valid YAML/],
    [
      'has an unknown key',
      'proxies: 2',
      'proxeis: 2',
      /:5:1: proxeis: unknown key 'proxeis'; did you mean 'proxies'\?\n$/,
    ],
    [
      'has a probability over 1',
      'probability: 5%',
      'probability: 1.5',
      /faults\[3\]\.probability: 1\.5 is over 1; /,
    ],
    [
      'calls what is not there',
      'cart/get, times',
      'kart/get, times',
      /:\d+:\d+: services\.frontend\S+: .*; did you mean 'cart/,
    ],
  ])('that %s is told in one located line, with 2, and nothing is written', async (_, from, to, message) => {
    expect(SHOP_YAML).toContain(from);
    const bad = await save('shop-bad.yaml', SHOP_YAML.replace(from, to));
    const out = join(folder, 'bad-out');
    const { code, stdout, stderr } = await tardigrade(['evolve', bad, '--out', out, ...SMALL]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(existsSync(out)).toBe(false);
  });

  it('in a trace is located too', async () => {
    const trace = await save(
      'orphan.csv',
      'TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration\nt1,s2,s1,cart-0,Get,1000,2000,1\n',
    );
    const out = join(folder, 'never.yaml');
    const { code, stderr } = await tardigrade(['calibrate', trace, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/orphan\.csv:2:\d+: /);
    expect(existsSync(out)).toBe(false);
  });

  it('that is not there is named', async () => {
    const { code, stderr } = await tardigrade(['evolve', join(folder, 'missing.yaml')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/missing\.yaml: there is no such file; check the path\n$/);
  });
});
