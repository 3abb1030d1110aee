import type { Algebra } from '../algebra';
import { builtinScalar } from './builtins';
import { binaryScalar, unaryScalar } from './operators';
import { castScalar, represent, type ScalarValue } from './value';

/** The algebra of constants: raises ConstError where the specification makes the result an error. */
export const constants: Algebra<ScalarValue> = {
  constant: (elem, value) => represent(elem.name, elem.name === 'abstract-int' ? BigInt(value) : value),
  unary: (op, elem, a) => unaryScalar(op, elem.name, a),
  binary: (op, elem, a, b) => binaryScalar(op, elem.name, a, b),
  call: (name, elem, args) =>
    name.startsWith('abstract')
      ? castScalar(args[0], elem, { kind: 'scalar', name: name as 'abstract-float' })
      : builtinScalar(name, elem.name, args),
  keep: (a) => a,
};
