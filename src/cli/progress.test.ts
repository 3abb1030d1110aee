import { describe, expect, it } from 'vitest';
import { startProgress } from './progress';
import { recordedTerminal } from './testing/terminal';

describe('progress', () => {
  it('writes over one line of a terminal, cut to its width', () => {
    const terminal = recordedTerminal(true);
    let nowMs = 0;
    const progress = startProgress(terminal, () => nowMs);
    progress.update(() => 'one');
    nowMs = 50;
    progress.update(() => 'too soon');
    nowMs = 200;
    progress.update(() => 'x'.repeat(100));
    progress.end();
    expect(terminal.stderr()).toBe(`\r\x1b[2Kone\r\x1b[2K${'x'.repeat(59)}\n`);
  });

  it('writes plain lines elsewhere, fewer, and never loses the last', () => {
    const terminal = recordedTerminal();
    let nowMs = 0;
    const progress = startProgress(terminal, () => nowMs);
    for (; nowMs <= 2500; nowMs += 500) progress.update(() => `at ${nowMs}`);
    progress.remark('the device was lost');
    progress.stage('testing');
    progress.update(() => 'at the end');
    progress.end();
    expect(terminal.stderr()).toBe('at 0\nat 2000\nthe device was lost\nat 3000\ntesting\nat the end\n');
    expect(terminal.stdout()).toBe('');
  });
});
