import type { EpisodeView } from '../worker/api';

/** Shares of one episode's requests as areas of an SVG drawing, from the bottom up. */
export interface Strip {
  readonly good: string;
  /** Good or slow. */
  readonly answered: string;
  readonly faultFrom: number;
  readonly faultTo: number;
}

export function stripOf(episode: EpisodeView, width: number, height: number): Strip {
  const { good, slow, failed, buckets, bucketMs, faults } = episode;
  const area = (shareAt: (bucket: number, offered: number) => number) => {
    const steps = Array.from(good, (_, b) => {
      const offered = good[b] + slow[b] + failed[b];
      const share = offered > 0 ? shareAt(b, offered) : 1;
      const [x, y] = [(b / buckets) * width, height * (1 - share)];
      return `${b === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}H${(x + width / buckets).toFixed(1)}`;
    });
    return `${steps.join('')}V${height}H0Z`;
  };
  const at = (timeMs: number) => Math.min(width, (timeMs / (buckets * bucketMs)) * width);
  return {
    good: area((b, offered) => good[b] / offered),
    answered: area((b, offered) => (good[b] + slow[b]) / offered),
    faultFrom: at(faults[0]?.startMs ?? 0),
    faultTo: at(faults[0]?.endMs ?? 0),
  };
}
