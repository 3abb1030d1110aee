import type { Session } from './session';
import { pausedBecause, running } from './store';

const HIDDEN = 'it waited while this tab was hidden';

/** A tab that nobody sees computes nothing; it goes on, and says so, when it is seen again. */
export function pauseWhileHidden(session: Session): void {
  let interrupted = false;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && running.value) {
      interrupted = true;
      session.pause(HIDDEN);
    } else if (!document.hidden && interrupted) {
      interrupted = false;
      session.proceed();
      pausedBecause.value = HIDDEN;
    }
  });
}
