import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Engine, ShaderError } from '../gpu';
import type { Problem } from '../problem';
import { SpaceError } from '../space';
import { type Location, UserError } from '../text';

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
  if (isProblem(problem)) return locating(problem, path);
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
    throw located(error, path);
  }
}

/** The problem, whose own mistakes are told with their place in the module. */
function locating(problem: Problem, path: string): Problem {
  const evaluate: Problem['evaluate'] = async (...candidates) => {
    try {
      return await problem.evaluate(...candidates);
    } catch (error) {
      throw located(error, path);
    }
  };
  return Object.create(problem, { evaluate: { value: evaluate } });
}

/** An error that the module's text threw, as the user's mistake; any other as it is. */
function located(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const thrower = error.stack?.split('\n').find((line) => /^ +at /.test(line) && !BUILT_IN.test(line)) ?? '';
  const [, line, column] = new RegExp(`${pattern(path)}:(\\d+):(\\d+)`).exec(thrower) ?? [];
  if (line === undefined) return error;
  const place: Location = { file: path, line: Number(line), column: Number(column) };
  return new UserError(`${error.name}: ${error.message}`, 'mend the module', place);
}

/** Frames of a stack that stand for the language or Node itself. */
const BUILT_IN = /<anonymous>\)?$|node:/;

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
  const line = new RegExp(`${pattern(path)}:(\\d+)`).exec(stack)?.[1];
  return line === undefined ? '' : `line ${line}: `;
}

/** The module's address in a stack, as a regular expression. */
function pattern(path: string): string {
  return pathToFileURL(resolve(path)).href.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
