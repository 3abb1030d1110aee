import { Mistake, type Span } from '../diagnostics';
import type { Fn, Variable } from '../tree';
import type { Type } from '../types';

/** What a name stands for. `broken` is a declaration that had a mistake: its uses are not reported again. */
export type Entity =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'fn'; readonly fn: Fn }
  | { readonly kind: 'type'; readonly type: Type }
  | { readonly kind: 'broken' };

/** Raised on the use of a broken declaration; never reported. */
export class Consequence extends Mistake {}

/** Where names are looked up: a block inside a function, or (outermost) the module. */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #names = new Map<string, Entity>();
  readonly #resolve: ((name: string) => Entity | undefined) | undefined;

  /** @param resolve finds names of the module on demand, as module scope has no order */
  constructor(parent?: Scope, resolve?: (name: string) => Entity | undefined) {
    this.#parent = parent;
    this.#resolve = resolve;
  }

  declare(name: string, entity: Entity, span: Span): void {
    if (this.#names.has(name)) throw new Mistake(`'${name}' is already declared in this scope`, span);
    this.#names.set(name, entity);
  }

  find(name: string): Entity | undefined {
    return this.#names.get(name) ?? this.#resolve?.(name) ?? this.#parent?.find(name);
  }
}

/** What checking needs to know of its surroundings. */
export interface Context {
  readonly scope: Scope;
  /** The function being checked; undefined at module scope. */
  readonly fn?: Fn;
}
