import { render } from 'preact';
import { App } from './App';
import { Session } from './state/session';
import { playing } from './state/store';
import { pauseWhileHidden } from './state/visibility';
import { startPlayback } from './system/playback';
import { applyTheme } from './ui/theme';
import './styles/theme.css';
import './styles/page.css';
import './styles/widgets.css';
import './styles/panels.css';

applyTheme();
const session = new Session();
playing.value = !matchMedia('(prefers-reduced-motion: reduce)').matches;
startPlayback();
pauseWhileHidden(session);
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  session.tell('problem', String(event.reason?.message ?? event.reason));
});
// In a task of its own: the page's thread is never held for long, not even at the beginning.
requestAnimationFrame(() => render(<App session={session} />, document.getElementById('app')!));
void session.start();
