import type { Session } from '../state/session';
import { notices } from '../state/store';

/** What happened that the visitor should know of. */
export function Notices({ session }: { session: Session }) {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map(({ id, kind, message }) => (
        <div key={id} class={`notice ${kind}`}>
          <span>{message}</span>
          <button type="button" aria-label="Dismiss" onClick={() => session.dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
