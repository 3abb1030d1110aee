import type { Fault, Scenario } from 'tardigrade';

/** Whether a fault may be harder or milder. What is down is down. */
export function isGraded({ kind }: Pick<Fault, 'kind'>): boolean {
  return kind !== 'replica-crash' && kind !== 'zone-outage';
}

/** A fault at a multiple of its declared strength; the extra traffic, delay or work is what is multiplied. */
export function strengthened(fault: Fault, strength: number): Fault {
  const beyondOne = 1 + (fault.factor - 1) * strength;
  switch (fault.kind) {
    case 'link-latency':
      return { ...fault, delayUs: Math.round(fault.delayUs * strength) };
    case 'link-loss':
    case 'error-replies':
      return { ...fault, probability: Math.min(1, fault.probability * strength) };
    case 'slow-replica':
    case 'overload':
      return { ...fault, factor: beyondOne };
    case 'attack-flood':
      return { ...fault, attackRate: fault.attackRate * strength };
    default:
      return fault;
  }
}

/** The scenario with its faults beginning at another moment of the episode, and harder or milder. */
export function withConditions(scenario: Scenario, startMs: number | null, strength: number): Scenario {
  const { windows } = scenario;
  const healthyUs = startMs === null ? windows.healthyUs : startMs * 1000 - windows.warmupUs;
  return {
    ...scenario,
    faults: scenario.faults.map((fault) => strengthened(fault, strength)),
    windows: { ...windows, healthyUs: Math.max(healthyUs, 1000) },
  };
}
