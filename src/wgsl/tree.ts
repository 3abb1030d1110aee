import type { Span } from './diagnostics';
import type { AccessMode, AddressSpace, ScalarType, Type } from './types';
import type { Value } from './values/value';

/**
 * The checked, typed tree: what the checker makes of the syntax tree and lowering reads. Names are resolved to
 * objects, implicit conversions are done (only constants are ever converted), the load rule is explicit, and every
 * const-expression carries its value.
 */
export interface Variable extends Span {
  readonly kind: 'var' | 'let' | 'const' | 'override' | 'param';
  readonly name: string;
  readonly type: Type;
  /** Of a `var`. */
  readonly space?: AddressSpace;
  readonly access?: AccessMode;
  readonly init?: Expr;
  /** Of a `const`. */
  readonly value?: Value;
  /** Of a resource. */
  readonly group?: number;
  readonly binding?: number;
  /** Of an `override`: its `@id`. */
  readonly id?: number;
  /** Of an entry point's parameter. */
  readonly builtin?: string;
  readonly isModuleScope: boolean;
}

export interface Fn extends Span {
  readonly name: string;
  readonly params: readonly Variable[];
  readonly returnType: Type;
  /** Filled once the body is checked. */
  body: readonly Stmt[];
  readonly stage?: 'compute';
  /** Extents of the workgroup; undefined for an ordinary function. */
  readonly workgroupSize?: readonly Expr[];
  /** Functions called and module-scope variables named, directly. */
  readonly calls: Set<Fn>;
  readonly uses: Set<Variable>;
  /** Number of tree nodes: what inlining decides by. */
  size: number;
}

export type UnaryOp = '-' | '!' | '~';
export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&&'
  | '||';

interface ExprBase extends Span {
  /** The value's type; for a reference, the type of what it refers to. */
  readonly type: Type;
  /** Present on a const-expression. */
  readonly value?: Value;
  /** Present on a reference expression. */
  readonly ref?: { readonly space: AddressSpace; readonly access: AccessMode };
  /** Whether evaluating it may write memory: it calls a function or an atomic. */
  readonly effects: boolean;
}

export type Expr = ExprBase &
  (
    | { readonly kind: 'const'; readonly value: Value }
    | { readonly kind: 'variable'; readonly variable: Variable }
    | { readonly kind: 'load'; readonly source: Expr }
    | { readonly kind: 'unary'; readonly op: UnaryOp; readonly operand: Expr }
    | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'member'; readonly base: Expr; readonly index: number }
    | { readonly kind: 'swizzle'; readonly base: Expr; readonly lanes: readonly number[] }
    | { readonly kind: 'index'; readonly base: Expr; readonly index: Expr }
    | { readonly kind: 'deref'; readonly pointer: Expr }
    | { readonly kind: 'address'; readonly target: Expr }
    | { readonly kind: 'call'; readonly fn: Fn; readonly args: readonly Expr[] }
    | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expr[] }
    | { readonly kind: 'construct'; readonly args: readonly Expr[] }
  );

export interface SwitchCase {
  /** Selector values as 32-bit patterns; `isDefault` besides. */
  readonly values: readonly number[];
  readonly isDefault: boolean;
  readonly body: readonly Stmt[];
}

export type Stmt = Span &
  (
    | { readonly kind: 'declare'; readonly variable: Variable; readonly init?: Expr }
    | { readonly kind: 'assign'; readonly target: Expr; readonly value: Expr; readonly op?: BinaryOp }
    | {
        readonly kind: 'assign-swizzle';
        readonly target: Expr;
        readonly lanes: readonly number[];
        readonly elem: ScalarType;
        readonly value: Expr;
        readonly op?: BinaryOp;
      }
    | { readonly kind: 'evaluate'; readonly expr: Expr }
    | {
        readonly kind: 'if';
        readonly condition: Expr;
        readonly accept: readonly Stmt[];
        readonly reject: readonly Stmt[];
      }
    | {
        readonly kind: 'loop';
        readonly condition?: Expr;
        readonly body: readonly Stmt[];
        readonly continuing: readonly Stmt[];
        readonly breakIf?: Expr;
      }
    | { readonly kind: 'switch'; readonly selector: Expr; readonly cases: readonly SwitchCase[] }
    | { readonly kind: 'block'; readonly body: readonly Stmt[] }
    | { readonly kind: 'break' }
    | { readonly kind: 'continue' }
    | { readonly kind: 'return'; readonly value?: Expr }
  );
