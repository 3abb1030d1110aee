import type { Stmt } from '../tree';

/** Behavior analysis (section "Behavior Analysis"): how control may leave a statement. */
type Exit = 'next' | 'break' | 'continue' | 'return';

/** Whether control can run off the end of the statements. */
export function canFallThrough(body: readonly Stmt[]): boolean {
  return exits(body).has('next');
}

/** Whether control can leave a loop with this body by a break or a return. */
export function canLeave(body: readonly Stmt[]): boolean {
  const inside = exits(body);
  return inside.has('break') || inside.has('return');
}

function exits(body: readonly Stmt[]): Set<Exit> {
  const result = new Set<Exit>(['next']);
  for (const statement of body) {
    if (!result.has('next')) break;
    result.delete('next');
    for (const exit of exitsOf(statement)) result.add(exit);
  }
  return result;
}

function exitsOf(statement: Stmt): Set<Exit> {
  switch (statement.kind) {
    case 'return':
    case 'break':
    case 'continue':
      return new Set([statement.kind]);
    case 'block':
      return exits(statement.body);
    case 'if':
      return new Set([...exits(statement.accept), ...exits(statement.reject)]);
    case 'switch': {
      const all = new Set(statement.cases.flatMap((clause) => [...exits(clause.body)]));
      if (all.delete('break')) all.add('next');
      return all;
    }
    case 'loop': {
      const inner = exits([...statement.body]);
      const leaves = inner.has('break') || statement.condition || statement.breakIf;
      const result = new Set<Exit>(leaves ? ['next'] : []);
      if (inner.has('return')) result.add('return');
      return result;
    }
    default:
      return new Set(['next']);
  }
}
