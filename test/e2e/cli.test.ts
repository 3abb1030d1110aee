import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { resultDocument } from '../../src/report';
import { SHOP_YAML } from '../../src/system/testing/shop';
import { ensureBuilt, ROOT } from './build';
import { runNode, tardigrade } from './run';

const COMMANDS = ['devices', 'calibrate', 'simulate', 'evolve', 'compare'];
const SMALL = ['--generations', '3', '--population', '8', '--heldout', '2', '--engine', 'wasm'];

/** The shop with three of its faults and less traffic: enough to evolve, quickly. */
const QUIET_SHOP_YAML = SHOP_YAML.split('\n')
  .filter((line) => !/name: (crash|slow-link|slow|errors|rush),/.test(line))
  .join('\n')
  .replace('rate: 20/s', 'rate: 6/s');

let folder: string;
let shop: string;

beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'tardigrade-cli-'));
  shop = await save('shop.yaml', QUIET_SHOP_YAML);
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
    const helps = await Promise.all(COMMANDS.map((command) => tardigrade([command, '--help'])));
    COMMANDS.forEach((command, i) => {
      expect(stdout).toContain(command);
      expect(helps[i].code).toBe(0);
      expect(helps[i].stdout).toMatch(new RegExp(`Examples:\\n  tardigrade ${command}`));
    });
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

describe('evolve', () => {
  let whole: string;
  const results = async (out: string) => readFile(join(out, 'result.json'), 'utf8');

  beforeAll(async () => {
    whole = join(folder, 'whole');
    const { code, stdout, stderr } = await tardigrade(['evolve', shop, '--out', whole, ...SMALL]);
    expect(code, stderr).toBe(0);
    await save('stdout.txt', stdout);
    await save('stderr.txt', stderr);
  });

  it('writes the result, the policy, the report and the facts of the run', async () => {
    expect((await readdir(whole)).sort()).toEqual([
      'checkpoint.json',
      'policy.yaml',
      'report.html',
      'result.json',
      'run.json',
    ]);
    const result = resultDocument.strict().parse(JSON.parse(await results(whole)));
    expect(result.search).toMatchObject({ seed: 1, generations: 3, population: 8 });
    expect(await readFile(join(whole, 'report.html'), 'utf8')).toContain(
      result.verdict.sentences[0].slice(0, 20),
    );
    const run = JSON.parse(await readFile(join(whole, 'run.json'), 'utf8'));
    expect(run.engine).toMatchObject({ kind: 'wasm', reason: expect.stringMatching(/asked for/) });
  });

  it('keeps timings and engine names out of the result', async () => {
    expect(await results(whole)).not.toMatch(
      /WebAssembly|workers"?: *\d+ *,? *"?seconds|startedAt|description/,
    );
  });

  it('ends with the table, the verdict, the changes and the engine', async () => {
    const stdout = await readFile(join(folder, 'stdout.txt'), 'utf8');
    for (const label of [
      'Envoy defaults',
      'Envoy best practice',
      'Istio defaults',
      'Statistics-based',
      'Random search',
    ])
      expect(stdout).toContain(label);
    for (const measure of [
      'downtime',
      'p99 healthy',
      'p99 worst fault',
      'cost',
      'attempts',
      'recovery',
      'goodput lost',
    ])
      expect(stdout).toContain(measure);
    const { verdict, comparison } = resultDocument.parse(JSON.parse(await results(whole)));
    expect(stdout).toContain(verdict.sentences.join('\n'));
    const genetic = comparison.rows.find((row) => row.school === 'genetic')!;
    const line = stdout.split('\n').find((text) => text.startsWith('Genetic choice'));
    expect(line).toContain(String(genetic.measures.costPerMonth.mean));
    expect(stdout).toMatch(/Smallest set of changes to /);
    expect(stdout).toMatch(/engine: WebAssembly, \d+ workers?\. WebAssembly was asked for\./);
  });

  it('tells each generation in a plain line where there is no terminal', async () => {
    const stderr = await readFile(join(folder, 'stderr.txt'), 'utf8');
    expect(stderr).toMatch(/^generation 1\/3 · .* M calls\/s · best .* · \d+:\d\d left$/m);
    expect(stderr).not.toContain('\u001b[');
  });

  it('prints one JSON document with --json, the same as it writes, whatever the number of workers', async () => {
    const out = join(folder, 'json');
    const { code, stdout } = await tardigrade([
      'evolve',
      shop,
      '--out',
      out,
      '--json',
      '--quiet',
      '--workers',
      '0',
      ...SMALL,
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(await results(out)));
    expect(await results(out)).toBe(await results(whole));
  });

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'goes on after %s from its checkpoint to the same bytes',
    async (signal) => {
      const out = join(folder, signal);
      const args = ['evolve', shop, '--out', out, ...SMALL];
      const stopped = await tardigrade(args, {
        onStart: (child) => killWhen(join(out, 'checkpoint.json'), child, signal),
      });
      if (signal === 'SIGINT') {
        expect(stopped.code).toBe(130);
        expect(stopped.stderr).toMatch(
          /generations? (is|are) kept in .*checkpoint\.json; go on with --resume\ninterrupted\n$/,
        );
      } else expect(stopped.signal).toBe('SIGKILL');
      expect(existsSync(join(out, 'result.json'))).toBe(false);

      const resumed = await tardigrade([...args, '--resume']);
      expect(resumed).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/resumed at generation [12]\n/),
      });
      expect(await results(out)).toBe(await results(whole));
    },
  );

  it('does not resume another seed or another scenario', async () => {
    const seed = await tardigrade(['evolve', shop, '--out', whole, '--resume', '--seed', '2', ...SMALL]);
    expect(seed).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/checkpoint was made with seed 1, not 2; /),
    });
    const other = await save('other.yaml', QUIET_SHOP_YAML.replace('6/s', '7/s'));
    const scenario = await tardigrade(['evolve', other, '--out', whole, '--resume', ...SMALL]);
    expect(scenario).toMatchObject({ code: 2, stderr: expect.stringMatching(/belongs to another scenario/) });
  });

  it('is the same from a script', async () => {
    const out = join(folder, 'script');
    const script = join(ROOT, 'examples/evolve.mjs');
    expect((await readFile(script, 'utf8')).split('\n').length).toBeLessThan(30);
    const { code, stdout } = await runNode(script, [shop, out, '1']);
    expect(code).toBe(0);
    expect(stdout).toContain('generation 1: ');
    expect(resultDocument.parse(JSON.parse(await results(out))).search.generations).toBe(1);
    expect(await readdir(out)).toEqual(['policy.yaml', 'report.html', 'result.json']);
  });

  it('writes a policy that compare and simulate take', async () => {
    const policy = join(whole, 'policy.yaml');
    const compared = await tardigrade([
      'compare',
      shop,
      '--baseline',
      policy,
      '--heldout',
      '2',
      '--engine',
      'wasm',
      '--json',
    ]);
    expect(compared.code).toBe(0);
    const { comparison, standings } = JSON.parse(compared.stdout);
    expect(comparison.rows.map(({ id }: { id: string }) => id)).toContain('baseline');
    expect(standings).toHaveLength(comparison.rows.length - 1);
    const simulated = await tardigrade([
      'simulate',
      shop,
      '--policy',
      policy,
      '--fault',
      'zone',
      '--heldout',
      '2',
    ]);
    expect(simulated.code).toBe(0);
    expect(simulated.stdout).toMatch(/^zone +\d/m);
  });
});

describe('simulate --events', () => {
  it('replays one episode in order, and tells why requests failed', async () => {
    const { code, stdout } = await tardigrade([
      'simulate',
      shop,
      '--events',
      '--failed',
      '--fault',
      'zone',
      '--quiet',
    ]);
    expect(code).toBe(0);
    const times = stdout
      .trimEnd()
      .split('\n')
      .map((line) => Number(/^ *(\d+\.\d{6}) s {2}\S/.exec(line)?.[1]));
    expect(times.length).toBeGreaterThan(10);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(stdout).toMatch(/7\.000000 s {2}the fault begins/);
    expect(stdout).toMatch(/(request to|reply of) \S+ lost, |timed out/);
  });

  it('says which fault was likely meant', async () => {
    const { code, stderr } = await tardigrade(['simulate', shop, '--events', '--fault', 'zoen']);
    expect(code).toBe(2);
    expect(stderr).toBe("the scenario has no fault 'zoen'; did you mean 'zone'?\n");
  });
});

/** Sends a signal as soon as the file is there: in the middle of the run, after its first checkpoint. */
function killWhen(path: string, child: ChildProcess, signal: NodeJS.Signals): void {
  const timer = setInterval(() => {
    if (!existsSync(path)) return;
    clearInterval(timer);
    child.kill(signal);
  }, 5);
  child.on('exit', () => clearInterval(timer));
}
