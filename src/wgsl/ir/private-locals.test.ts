import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const } from './build';
import type { Ir, IrFunction, IrModule, IrStmt } from './ir';
import { keepInLocals } from './private-locals';

const global = (index: number): Ir => ({ op: 'global', type: 'i32', index });
const setGlobal = (index: number, value: Ir): IrStmt => ({ op: 'set-global', index, value });
const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
const call = (fn: IrFunction): IrStmt => ({ op: 'call', fn, args: [], results: [] });
const fn = (name: string, body: IrStmt[], locals: IrFunction['locals'] = []): IrFunction => ({
  name,
  params: [],
  results: [],
  locals,
  body,
});

/** Global 0 is not to be moved; globals 1 to 3 become locals 1 to 3, after the one local that `run` has. */
function moved(body: IrStmt[], callees: readonly IrFunction[] = []): IrModule {
  const run = fn('run', body, ['i32']);
  return keepInLocals(
    {
      functions: [...callees, run],
      run,
      globals: ['i32', 'i32', 'i32', 'i32'],
      data: [],
      sharedMemory: false,
    },
    1,
  );
}

describe('keepInLocals', () => {
  it('turns reads and writes of run into those of locals, and leaves the globals before the first alone', () => {
    const { run, functions } = moved([
      setGlobal(0, i32Const(5)),
      setGlobal(1, binary('i32.add', global(0), global(1))),
      set(0, global(2)),
    ]);
    expect(run.locals).toEqual(['i32', 'i32', 'i32', 'i32']);
    expect(run.body).toEqual([
      setGlobal(0, i32Const(5)),
      set(1, binary('i32.add', global(0), getLocal('i32', 1))),
      set(0, getLocal('i32', 2)),
    ]);
    expect(functions).toEqual([run]);
  });

  it('reaches into nested control flow', () => {
    const label = { name: 'exit' };
    const { run } = moved([
      { op: 'block', label, body: [{ op: 'br-if', label, condition: global(3) }, setGlobal(3, i32Const(1))] },
    ]);
    expect(run.body).toEqual([
      {
        op: 'block',
        label,
        body: [{ op: 'br-if', label, condition: getLocal('i32', 3) }, set(3, i32Const(1))],
      },
    ]);
  });

  it('hands a callee what it touches, and takes back what it may have written', () => {
    const callee = fn('callee', [setGlobal(2, global(1))]);
    const { run, functions } = moved([call(callee)], [callee]);
    expect(run.body).toEqual([
      setGlobal(1, getLocal('i32', 1)),
      // Also what it writes: it may return before it does.
      setGlobal(2, getLocal('i32', 2)),
      call(callee),
      set(2, global(2)),
    ]);
    expect(functions[0]).toBe(callee);
  });

  it('counts what the callees of a callee touch', () => {
    const inner = fn('inner', [setGlobal(3, i32Const(1))]);
    const outer = fn('outer', [call(inner)]);
    const { run } = moved([call(outer)], [inner, outer]);
    expect(run.body).toEqual([setGlobal(3, getLocal('i32', 3)), call(outer), set(3, global(3))]);
  });

  it('leaves a call alone that touches none of them', () => {
    const callee = fn('callee', [setGlobal(0, i32Const(1))]);
    expect(moved([call(callee)], [callee]).run.body).toEqual([call(callee)]);
  });

  const loop = (body: IrStmt[]): IrStmt => ({ op: 'loop', label: { name: 'loop' }, body });
  const isMoved = (body: IrStmt[]): boolean => {
    const text = JSON.stringify(moved([setGlobal(1, i32Const(0)), ...body]).run.body);
    return !text.includes('global');
  };

  it('leaves in memory what a loop changes and seldom uses', () => {
    const changed = setGlobal(1, binary('i32.add', global(1), i32Const(1)));
    expect(isMoved([loop([changed])])).toBe(false);
    expect(isMoved([loop([{ op: 'if', condition: global(1), accept: [changed], reject: [] }])])).toBe(false);
    expect(isMoved([loop(Array.from({ length: 20 }, () => changed))])).toBe(true);
  });

  it('moves what a loop only reads, and what it writes far oftener than it reads', () => {
    expect(isMoved([loop([set(0, global(1))])])).toBe(true);
    const written = Array.from({ length: 5 }, (_, i) => setGlobal(1, i32Const(i)));
    expect(isMoved([loop([...written, set(0, global(1))])])).toBe(true);
  });
});
