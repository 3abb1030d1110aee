#!/usr/bin/env node
import { calibrate } from './commands/calibrate';
import { devices } from './commands/devices';
import { runCommandLine } from './run';
import { openTerminal } from './terminal';

process.exitCode = await runCommandLine(process.argv.slice(2), [devices, calibrate], openTerminal());
