import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const HOW_TO_GET_IT = `It is not part of this project. To get it:
  git clone https://github.com/gpuweb/cts .cache/cts
  npm ci --prefix .cache/cts --ignore-scripts
or name a checkout with --suite DIR or the environment variable TARDIGRADE_CTS.`;

/**
 * The checkout of the conformance suite to use.
 * @param {string | undefined} named as given on the command line
 * @returns {string}
 * @throws Error that says how to get the suite, when it is not there or not installed
 */
export function findSuite(named) {
  const suite = resolve(named ?? process.env.TARDIGRADE_CTS ?? '.cache/cts');
  if (!existsSync(join(suite, 'tools/run_node')))
    throw new Error(`The WebGPU conformance suite is not at ${suite}.\n${HOW_TO_GET_IT}`);
  if (!existsSync(join(suite, 'node_modules/ts-node')))
    throw new Error(
      `The conformance suite at ${suite} is not installed: npm ci --prefix ${suite} --ignore-scripts`,
    );
  return suite;
}

/**
 * @typedef {object} CaseResult
 * @property {'pass' | 'warn' | 'skip' | 'fail'} status
 * @property {string[]} [logs]
 */

/**
 * Runs the suite's own runner on one query.
 * @param {{ suite: string, provider: string, flags: string[], query: string, output: string }} options
 *   `output` is the file that takes what the runner prints
 * @returns {Promise<Map<string, CaseResult>>} results by the name of the case
 * @throws Error with what the runner said when it gave no results
 */
export async function runSuite({ suite, provider, flags, query, output }) {
  // A file, not a pipe: the runner leaves by process.exit and would cut off what a pipe has not taken yet.
  const file = openSync(output, 'w');
  const flagArguments = flags.flatMap((flag) => ['--gpu-provider-flag', flag]);
  const runner = spawn(
    process.execPath,
    ['tools/run_node', '--gpu-provider', provider, ...flagArguments, '--print-json', '--quiet', query],
    { cwd: suite, stdio: ['ignore', file, 'inherit'] },
  );
  await new Promise((done, failed) => {
    runner.on('close', done);
    runner.on('error', failed);
  });
  closeSync(file);
  const text = readFileSync(output, 'utf8');
  // The runner's JSON starts on a line of its own; console output of the code under test may come before it.
  const start = text.search(/^\{$/m);
  if (start < 0) throw new Error(`${query} gave no results:\n${text.slice(-2000)}`);
  return new Map(JSON.parse(text.slice(start)).results);
}
