import { REPORT } from './layout';
import { COUNTERS, WINDOW_NAMES } from './records';

/**
 * What holds in every run, whatever the policy: each request that was offered is accounted for once, and Little's law holds
 * exactly: the integral over time of the number in the system is the sum of the sojourn times (both modulo 2^32).
 * @throws Error that names the episode; it is a defect of the simulator, never of a scenario
 */
export function checkInvariants(reports: Uint32Array, episodes: number): void {
  const at = (counter: (typeof COUNTERS)[number]) => COUNTERS.indexOf(counter);
  for (let episode = 0; episode < episodes; episode++) {
    const base = episode * REPORT.words;
    const [area, sojourn] = [reports[base + REPORT.area], reports[base + REPORT.sojourn]];
    if (area !== sojourn)
      throw new Error(
        `episode ${episode}: Little's law fails: ${area} us in the system, ${sojourn} us of sojourn`,
      );
    WINDOW_NAMES.forEach((name, window) => {
      const counts = base + REPORT.counts + window * COUNTERS.length;
      const offered = reports[counts + at('offered')];
      const ended = (['good', 'slow', 'failed', 'unfinished'] as const).reduce(
        (sum, counter) => sum + reports[counts + at(counter)],
        0,
      );
      if (offered !== ended)
        throw new Error(`episode ${episode}, ${name}: ${offered} requests offered, ${ended} accounted for`);
    });
  }
}
