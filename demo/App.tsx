import { Arena } from './arena/Arena';
import { Candidate } from './candidate/Candidate';
import { Evolution } from './evolution/Evolution';
import { LandscapePanel } from './landscape/LandscapePanel';
import { Machine } from './machine/Machine';
import type { Session } from './state/session';
import { System } from './system/System';
import { Masthead } from './ui/Masthead';
import { Notices } from './ui/Notices';

export function App({ session }: { session: Session }) {
  return (
    <>
      <a class="skip" href="#arena">
        Skip to the arena
      </a>
      <Masthead session={session} />
      <Notices session={session} />
      <main>
        <System session={session} />
        <Evolution session={session} />
        <Arena session={session} />
        <Candidate session={session} />
        <Machine session={session} />
        <LandscapePanel session={session} />
      </main>
    </>
  );
}
