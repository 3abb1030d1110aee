import { useEffect, useRef } from 'preact/hooks';
import { colours, isDark } from '../ui/theme';
import { GRID, type Lab } from './lab';
import { reliefOf, rgbOf } from './relief';

/** The landscape from above, low is dark, and the population on it. */
export function Relief({ lab }: { lab: Lab }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const landscape = lab.landscape.value;
  const dark = isDark.value;
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    context.clearRect(0, 0, GRID, GRID);
    if (!landscape) return;
    const { page, sunken, line, random } = colours('page', 'sunken', 'line', 'random');
    const stops = (dark ? [page, sunken, line, random] : [random, line, sunken, page]).map(rgbOf);
    context.putImageData(new ImageData(reliefOf(landscape, GRID, stops), GRID, GRID), 0, 0);
  }, [landscape, dark]);
  const swarm = lab.swarm.value;
  return (
    <div class="relief" role="img" aria-label={`Landscape of the fitness. ${lab.status.value}`}>
      <canvas ref={canvas} width={GRID} height={GRID} />
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {swarm &&
          Array.from(swarm.x, (x, i) => (
            <circle key={i} class="individual" cx={x} cy={1 - swarm.y[i]} r="0.011" />
          ))}
      </svg>
    </div>
  );
}
