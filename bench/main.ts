import { type Benchmark, type Figure, table, tally } from './figure';
import { generationOverhead } from './generation-overhead';
import { optimizerQuality } from './optimizer-quality';
import { optimizerSpeed } from './optimizer-speed';
import { pipelineBuild } from './pipeline-build';
import { queueWorkers } from './queue-workers';
import { simulatorVsCpp } from './simulator-vs-cpp';
import { simulatorVsWebgpu } from './simulator-vs-webgpu';
import { stateSize } from './state-size';
import { sweepParquet } from './sweep-parquet';

const BENCHMARKS: Record<string, Benchmark> = {
  'simulator-vs-cpp': simulatorVsCpp,
  'simulator-vs-webgpu': simulatorVsWebgpu,
  'generation-overhead': generationOverhead,
  'pipeline-build': pipelineBuild,
  'state-size': stateSize,
  'sweep-parquet': sweepParquet,
  'queue-workers': queueWorkers,
  'optimizer-quality': optimizerQuality,
  'optimizer-speed': optimizerSpeed,
};

/** Runs the benchmarks of these names, or all. @returns the exit code: 1 where implementations disagree */
export async function runBenchmarks(root: string, names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !(name in BENCHMARKS));
  if (unknown) {
    console.error(`There is no benchmark ${unknown}; there are ${Object.keys(BENCHMARKS).join(', ')}.`);
    return 2;
  }
  const figures: Figure[] = [];
  const disagreements: string[] = [];
  for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
    console.log(name);
    const outcome = await BENCHMARKS[name](root);
    if (outcome.skipped) console.log(`  skipped: ${outcome.skipped}`);
    for (const disagreement of outcome.disagreements ?? []) console.log(`  DIFFERENT: ${disagreement}`);
    figures.push(...outcome.figures);
    disagreements.push(...(outcome.disagreements ?? []));
  }
  if (figures.length > 0) console.log(`\n${table(figures)}\n\n${tally(figures)}`);
  return disagreements.length > 0 ? 1 : 0;
}
