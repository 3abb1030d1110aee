import { formatMs } from '../model/format';
import type { EpisodeView, Span } from '../worker/api';

/** Lines that are drawn; the others are counted. */
const MOST_LINES = 6;

/** Who is ejected or not ready, and which breaker is open, when. */
export function Spans({ episode }: { episode: EpisodeView }) {
  const durationMs = episode.buckets * episode.bucketMs;
  const lines = new Map<string, Span[]>();
  for (const span of episode.spans) {
    const key = `${span.what}, ${span.kind}`;
    lines.set(key, [...(lines.get(key) ?? []), span]);
  }
  const shown = [...lines].slice(0, MOST_LINES);
  return (
    <div class="spans">
      <h4>Ejected, not ready, breakers open</h4>
      {shown.length === 0 && <p class="muted">Nobody.</p>}
      <ul>
        {shown.map(([name, spans]) => (
          <li key={name}>
            <span class="span-name">{name}</span>
            <span class="span-track">
              {spans.map(({ kind, fromMs, toMs }) => (
                <i
                  key={fromMs}
                  class={`span ${kind.replaceAll(' ', '-')}`}
                  style={{
                    left: `${(fromMs / durationMs) * 100}%`,
                    width: `${(Math.max(toMs - fromMs, 150) / durationMs) * 100}%`,
                  }}
                  title={`${formatMs(fromMs)} to ${formatMs(toMs)}`}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {lines.size > MOST_LINES && <p class="muted">and {lines.size - MOST_LINES} more</p>}
    </div>
  );
}
