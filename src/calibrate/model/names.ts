/**
 * Short names for the operations of one service: the last part of the traced name, or as many parts as it takes to
 * tell them apart. What the scenario format gives a meaning (`/`) does not occur in them.
 */
export function shortNames(operations: Iterable<string>): Map<string, string> {
  const all = [...new Set(operations)];
  const names = new Map<string, string>();
  for (let parts = 1; names.size < all.length; parts++) {
    const open = all.filter((operation) => !names.has(operation));
    const attempts = open.map((operation) => shorten(operation, parts));
    const used = new Set(names.values());
    open.forEach((operation, i) => {
      const unique = attempts.indexOf(attempts[i]) === attempts.lastIndexOf(attempts[i]);
      const whole = parts > operation.split('/').length;
      if (unique && !used.has(attempts[i])) names.set(operation, attempts[i]);
      // Names that differ only in signs: numbered.
      else if (whole) names.set(operation, `${attempts[i]}-${all.indexOf(operation)}`);
    });
  }
  return names;
}

function shorten(operation: string, parts: number): string {
  const sensible = operation.split('/').filter((part) => part !== '');
  const name = sensible
    .slice(-parts)
    .join('-')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return name === '' ? 'request' : name;
}
