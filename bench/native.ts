import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packEpisodes, packPolicies } from '../src/system/simulate/batch';
import type { Workload } from './workload';

const COMPILER = 'g++';
const FLAGS = ['-std=c++17', '-O3', '-march=native', '-flto', '-Wall', '-Wextra'];

/** The version line of the C++ compiler, undefined where there is none. */
export function compilerVersion(): string | undefined {
  const { status, stdout } = spawnSync(COMPILER, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : undefined;
}

/** The same names and values that the WGSL is assembled with, so that both compilers know the same. */
async function layoutHeader({ program, conditions, tables }: Workload): Promise<string> {
  const constants = { ...(await program(1)).constants, HOSTS: tables.hosts, REPLICAS: tables.replicas };
  const lines = (type: string, entries: [string, number | boolean][]) =>
    entries.map(([name, value]) => `constexpr ${type} ${name} = ${value};`).join('\n');
  const words = Object.entries(constants).map<[string, number]>(([name, value]) => [name, value >>> 0]);
  return `#pragma once
#include <cstdint>

namespace layout {
${lines('std::uint32_t', words)}
}  // namespace layout

namespace uses {
${lines('bool', Object.entries(conditions))}
}  // namespace uses
`;
}

/** Lengths, then tables, policies and episodes: what main.cpp reads. */
function inputWords(work: Workload): Uint32Array {
  const policies = packPolicies(work.runs);
  const parts = [work.tables.words, policies.words, packEpisodes(work, policies.at)];
  return Uint32Array.from([...parts.map(({ length }) => length), ...parts.flatMap((part) => [...part])]);
}

/** The C++ simulator, built for one workload. */
export interface NativeSimulator {
  run(): { reports: Uint32Array; seconds: number };
}

/** Compiles bench/cpp for a workload, in a folder of its own. */
export async function buildNative(root: string, name: string, work: Workload): Promise<NativeSimulator> {
  const folder = join(root, '.cache/bench', name);
  mkdirSync(join(folder, 'generated'), { recursive: true });
  writeFileSync(join(folder, 'generated/layout.hpp'), await layoutHeader(work));
  const [binary, input, output] = ['simulator', 'input.bin', 'output.bin'].map((file) => join(folder, file));
  writeFileSync(input, inputWords(work));
  const cpp = join(root, 'bench/cpp');
  const sources = readdirSync(cpp).filter((file) => file.endsWith('.cpp'));
  execFileSync(COMPILER, [...FLAGS, '-I', folder, '-o', binary, ...sources.map((file) => join(cpp, file))]);
  return {
    run() {
      const seconds = Number(execFileSync(binary, [input, output], { encoding: 'utf8' }));
      const bytes = readFileSync(output);
      return { reports: new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4), seconds };
    },
  };
}
