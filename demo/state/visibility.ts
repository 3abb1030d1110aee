import type { Session } from './session';
import { pausedBecause, running } from './store';

const HIDDEN = 'it waited while this tab was hidden';

/** A tab that nobody sees computes nothing; it goes on, and says so, when it is seen again. */
export function pauseWhileHidden(session: Session): void {
  let goal = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && running.value) {
      goal = session.goal;
      session.pause(HIDDEN);
    } else if (!document.hidden && goal > 0) {
      session.proceed(goal);
      goal = 0;
      pausedBecause.value = HIDDEN;
    }
  });
}
