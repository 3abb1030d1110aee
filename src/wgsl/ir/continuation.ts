import type { IrStmt, Label, SwitchCase } from './ir';
import { evaluate, type Known } from './known';

export type Loop = Extract<IrStmt, { op: 'loop' }>;
export type Switch = Extract<IrStmt, { op: 'switch' }>;

/** What runs after a point of a function: the rest of a list of statements, then the rest of those around it. */
export interface Rest {
  readonly statements: readonly IrStmt[];
  readonly from: number;
  readonly outer?: Rest;
  /** The block that the list is the body of. */
  readonly block?: Label;
  /** The loop that the list is the body of. */
  readonly loop?: Loop;
}

/** A way to a case of a switch: what to execute on it, and the case. */
export interface Way {
  readonly statements: readonly IrStmt[];
  readonly target: SwitchCase;
}

const mostSteps = 64;
const mostStatements = 6;

/**
 * Follows control from a point on, as far as what is known decides each branch, to see whether it comes to a switch
 * with a known selector. `loop` may be gone round once. @returns undefined where it does not, or only after much work
 */
export function wayToCase(start: Rest, known: Known, loop: Loop, dispatch: Switch): Way | undefined {
  const values: Known = new Map(known);
  const statements: IrStmt[] = [];
  let rest: Rest | undefined = start;
  for (let step = 0; rest && step < mostSteps && statements.length <= mostStatements; step++) {
    if (rest.from === rest.statements.length) {
      rest = rest.loop ? head(rest, loop) : rest.outer;
      continue;
    }
    const s: IrStmt = rest.statements[rest.from];
    const next: Rest = { ...rest, from: rest.from + 1 };
    switch (s.op) {
      case 'set': {
        const value = evaluate(s.value, values);
        if (value === undefined) values.delete(s.index);
        else values.set(s.index, value);
        statements.push(s);
        rest = next;
        break;
      }
      case 'if': {
        const condition = evaluate(s.condition, values);
        if (condition === undefined) return undefined;
        rest = { statements: condition ? s.accept : s.reject, from: 0, outer: next };
        break;
      }
      case 'br-if': {
        const condition = evaluate(s.condition, values);
        if (condition === undefined) return undefined;
        rest = condition ? after(s.label, next, loop) : next;
        break;
      }
      case 'br':
        rest = after(s.label, next, loop);
        break;
      case 'block':
        rest = { statements: s.body, from: 0, outer: next, block: s.label };
        break;
      case 'switch': {
        const selected = s === dispatch ? evaluate(s.selector, values) : undefined;
        const target =
          selected === undefined ? undefined : s.cases.find((one) => one.values.includes(selected));
        return target && { statements, target };
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

/** The head of the loop whose body the list is; none but `allowed` is gone round. */
function head(rest: Rest, allowed: Loop): Rest | undefined {
  return rest.loop === allowed ? { ...rest, from: 0 } : undefined;
}

/** What runs once a branch to the label is taken. */
export function after(label: Label, from: Rest, loop: Loop): Rest | undefined {
  for (let rest: Rest | undefined = from; rest; rest = rest.outer) {
    if (rest.block === label) return rest.outer;
    if (rest.loop?.label === label) return head(rest, loop);
  }
  return undefined;
}
