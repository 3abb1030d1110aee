#!/usr/bin/env node
import { analyze } from './commands/analyze';
import { calibrate } from './commands/calibrate';
import { compare } from './commands/compare';
import { devices } from './commands/devices';
import { evolve } from './commands/evolve';
import { simulate } from './commands/simulate';
import { sweep } from './commands/sweep';
import { worker } from './commands/worker';
import { runCommandLine } from './run';
import { openTerminal } from './terminal';

// `tardigrade ... | head` closes the pipe: that is no failure, and nobody is left to read of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const commands = [evolve, compare, simulate, sweep, worker, analyze, calibrate, devices];
process.exitCode = await runCommandLine(process.argv.slice(2), commands, openTerminal());
