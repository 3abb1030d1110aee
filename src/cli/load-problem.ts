import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Engine, ShaderError } from '../gpu';
import type { Problem } from '../problem';
import { SpaceError } from '../space';
import { UserError } from '../text';

/**
 * The problem that a module exports, as `problem` or by default: a Problem, or a function that makes one on an engine.
 * @throws UserError where it cannot be loaded, its shader does not compile, or it exports no problem
 */
export async function loadProblem(path: string, engine: Engine): Promise<Problem> {
  const module: Record<string, unknown> = await import(
    /* @vite-ignore */ pathToFileURL(resolve(path)).href
  ).catch((error: Error) => {
    throw new UserError(
      `${path} cannot be loaded: ${placeIn(error, path)}${error.message}`,
      'mend the module',
    );
  });
  const exported = module.problem ?? module.default;
  const problem = typeof exported === 'function' ? await made(exported as Make, engine, path) : exported;
  if (isProblem(problem)) return problem;
  throw new UserError(
    `${path} exports no problem`,
    'export one as problem, or a function (engine) => shaderProblem(engine, ...) that makes it',
  );
}

type Make = (engine: Engine) => unknown;

async function made(make: Make, engine: Engine, path: string): Promise<unknown> {
  try {
    return await make(engine);
  } catch (error) {
    if (error instanceof ShaderError)
      throw new UserError(`${path}: its shader does not compile`, `mend it:\n${error.message}`);
    if (error instanceof SpaceError) throw new UserError(`${path}: ${error.message}`, 'mend the space');
    throw error;
  }
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  const { space, objectives, constraints, evaluate } = value as Partial<Problem>;
  return (
    Array.isArray(space?.variables) &&
    Array.isArray(objectives) &&
    Array.isArray(constraints) &&
    typeof evaluate === 'function'
  );
}

/** `line: ` of a syntax error in the module, which only its stack tells. */
function placeIn({ name, stack = '' }: Error, path: string): string {
  if (name !== 'SyntaxError') return '';
  const line = new RegExp(
    `${pathToFileURL(resolve(path)).href.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:(\\d+)`,
  ).exec(stack)?.[1];
  return line === undefined ? '' : `line ${line}: `;
}
