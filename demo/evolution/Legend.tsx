import { objectiveLabel } from '../model/format';
import { axesOf } from '../model/scatter';
import type { ObjectiveView } from '../worker/api';

/** What the marks stand for. */
export function Legend({ objectives }: { objectives: readonly ObjectiveView[] }) {
  const colour = objectives.length > 0 ? axesOf(objectives).colour : -1;
  return (
    <ul class="legend">
      <li>
        <i class="swatch front" /> the front
      </li>
      <li>
        <i class="swatch candidate" /> this generation
      </li>
      <li>
        <i class="swatch infeasible" /> beyond a limit
      </li>
      <li>
        <i class="swatch diamond rules" /> fixed rules
      </li>
      <li>
        <i class="swatch diamond statistics" /> statistics
      </li>
      <li>
        <i class="swatch ring" /> random search
      </li>
      {colour >= 0 && (
        <li class="ramp">
          <span>few</span> <i class="swatch shades" /> <span>many</span>{' '}
          {objectiveLabel(objectives[colour].name).toLowerCase()}
        </li>
      )}
    </ul>
  );
}
