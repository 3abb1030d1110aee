import type { AbstractElem, ConstAssertElem, DirectiveElem, FnElem, ModuleElem } from 'wesl/core';
import { Mistake, type Span, unsupported } from '../diagnostics';
import type { Fn, Variable } from '../tree';
import {
  checkConstAssert,
  constVariable,
  moduleVariable,
  overrideVariable,
  structType,
} from './declarations';
import { checkBody, declareFunction } from './functions';
import { Consequence, type Entity, Scope } from './scope';
import { resolveType } from './types';

/** A module that has been checked: everything that a kernel can be made of. */
export interface CheckedModule {
  readonly functions: readonly Fn[];
  readonly overrides: readonly Variable[];
}

type Declaration = Extract<AbstractElem, { kind: 'alias' | 'const' | 'fn' | 'gvar' | 'override' | 'struct' }>;
const declarationKinds = new Set(['alias', 'const', 'fn', 'gvar', 'override', 'struct']);

/** Checks every declaration of a module; mistakes go to `report`, one for each place. */
export function checkModule(root: ModuleElem, report: (message: string, span: Span) => void): CheckedModule {
  const declarations = new Map<string, Declaration>();
  const entities = new Map<string, Entity>();
  const resolving = new Set<string>();
  const bodies: [Fn, FnElem][] = [];
  const scope = new Scope(undefined, find);
  const context = { scope };

  const guard = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      if (!(error instanceof Consequence)) report(error.message, error.span);
    }
  };

  function find(name: string): Entity | undefined {
    const known = entities.get(name);
    const elem = declarations.get(name);
    if (known || !elem) return known;
    if (resolving.has(name)) throw new Mistake(`'${name}' is declared in terms of itself`, elem);
    resolving.add(name);
    let entity: Entity = { kind: 'broken' };
    guard(() => {
      entity = resolve(elem);
    });
    entities.set(name, entity);
    return entity;
  }

  function resolve(elem: Declaration): Entity {
    switch (elem.kind) {
      case 'alias':
        return { kind: 'type', type: resolveType(elem.typeRef, context) };
      case 'struct':
        return { kind: 'type', type: structType(elem, context) };
      case 'const':
        return { kind: 'variable', variable: constVariable(elem, context) };
      case 'gvar':
        return { kind: 'variable', variable: moduleVariable(elem, context) };
      case 'override':
        return { kind: 'variable', variable: overrideVariable(elem, context) };
      case 'fn': {
        const fn = declareFunction(elem, context);
        bodies.push([fn, elem]);
        return { kind: 'fn', fn };
      }
    }
  }

  for (const elem of root.decls) {
    if (elem.kind === 'directive') guard(() => checkDirective(elem as DirectiveElem));
    if (!declarationKinds.has(elem.kind)) continue;
    const declaration = elem as Declaration;
    const name = nameOf(declaration);
    if (declarations.has(name)) report(`'${name}' is declared twice`, declaration);
    else declarations.set(name, declaration);
  }
  for (const name of declarations.keys()) find(name);
  for (const elem of root.decls)
    if (elem.kind === 'assert') guard(() => checkConstAssert(elem as ConstAssertElem, context));
  for (const [fn, elem] of bodies)
    guard(() =>
      checkBody(fn, elem, scope, (error) =>
        guard(() => {
          throw error;
        }),
      ),
    );

  const functions = bodies.map(([fn]) => fn);
  const done = new Set<Fn>();
  guard(() => {
    for (const fn of functions) refuseRecursion(fn, done);
  });
  const overrides = [...entities.values()].flatMap((entity) =>
    entity.kind === 'variable' && entity.variable.kind === 'override' ? [entity.variable] : [],
  );
  return { functions, overrides };
}

function nameOf(elem: Declaration): string {
  return elem.kind === 'alias' || elem.kind === 'fn' || elem.kind === 'struct'
    ? elem.name.ident.originalName
    : elem.name.decl.ident.originalName;
}

function checkDirective(elem: DirectiveElem): void {
  if (elem.directive.kind !== 'enable') return;
  throw unsupported(`the extension '${elem.directive.extensions[0].name}'`, elem);
}

/** Depth first over the call graph; `done` functions are known to reach no cycle. */
function refuseRecursion(fn: Fn, done: Set<Fn>, path: readonly Fn[] = []): void {
  if (path.includes(fn)) throw new Mistake(`'${fn.name}' calls itself: recursion is not allowed`, fn);
  if (done.has(fn)) return;
  for (const callee of fn.calls) refuseRecursion(callee, done, [...path, fn]);
  done.add(fn);
}
