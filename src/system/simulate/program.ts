import { linkShader } from '../../wgsl';
import type { ModelTables } from '../model';
import type { Scenario } from '../scenario';
import { layOutState, reportAndPolicyConstants } from './layout';
import { conditionsOf, type Mechanism } from './mechanisms';

const SHADERS = import.meta.glob<string>('../../../shaders/{simulator,random}/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const MAIN = './simulator/main.wgsl';

/** The simulator's kernel for one scenario and set of mechanisms: plain WGSL, and the layout it was assembled for. */
export interface Program {
  readonly code: string;
  readonly entryPoint: string;
  readonly constants: Readonly<Record<string, number>>;
}

function modules(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(SHADERS).map(([path, text]) => [path.replace('../../../shaders/', './'), text]),
  );
}

/** Links a main module with the simulator's modules, the layout's numbers and the conditions filled in. */
export function linkWithSimulator(
  main: string,
  constants: Readonly<Record<string, number>>,
  conditions: Readonly<Record<string, boolean>>,
): Promise<string> {
  const layout = Object.entries(constants).map(([name, value]) => `const ${name} = ${value >>> 0}u;`);
  const { [MAIN]: _, ...others } = modules();
  return linkShader({ main, modules: { ...others, './layout.wgsl': layout.join('\n') }, conditions });
}

export interface ProgramOptions {
  readonly stateBytes: number;
  /** Episodes whose state is interleaved, a power of two. */
  readonly interleave: number;
  /** Whether it writes an event log. */
  readonly events: boolean;
}

/** Assembles the kernel from `shaders/simulator`: only what the scenario's faults and the policies' mechanisms use. */
export async function assemble(
  scenario: Scenario,
  tables: ModelTables,
  mechanisms: ReadonlySet<Mechanism>,
  { stateBytes, interleave, events }: ProgramOptions,
): Promise<Program> {
  const conditions = conditionsOf(scenario, mechanisms, events);
  const constants = {
    ...tables.constants,
    ...reportAndPolicyConstants(scenario),
    ...layOutState(scenario, tables, conditions, stateBytes),
    INTERLEAVE: interleave,
  };
  const code = await linkWithSimulator(modules()[MAIN], constants, conditions);
  return { code, entryPoint: 'simulate', constants };
}
