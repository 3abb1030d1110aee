import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { basicSetup, EditorView } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import type { FitnessMistake } from '../worker/api';
import { wgslMode } from './wgsl-mode';

/**
 * Puts what is typed in the place of a selection. Left to itself a browser gives it the selection's colours in a style
 * attribute, of which the page's content security policy complains.
 */
const replacing = EditorView.domEventHandlers({
  beforeinput: ({ inputType, data, isComposing }, view) => {
    const { state } = view;
    if (inputType !== 'insertText' || data === null || isComposing || state.selection.main.empty)
      return false;
    view.dispatch(state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

/**
 * A text editor for WGSL that shows mistakes at their lines.
 *
 * It lives in a shadow root: there its styles are constructed style sheets, which the page's content security policy lets
 * through, and not style elements, which it does not.
 */
export function Editor({
  text,
  mistakes,
  onChange,
}: {
  /** Replaces what was written, where it is another. */
  text: string;
  mistakes: readonly FitnessMistake[];
  onChange: (text: string) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  useEffect(() => {
    const element = host.current!;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const made = new EditorView({
      doc: text,
      parent: root,
      root,
      extensions: [
        basicSetup,
        wgslMode,
        replacing,
        lintGutter(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Fitness in WGSL' }),
        EditorView.theme({
          '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '13px' },
          '&.cm-focused': { outline: '2px solid var(--focus)' },
          '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--ink)' },
          '.cm-cursor': { borderLeftColor: 'var(--ink)' },
          '.cm-gutters': { color: 'var(--muted)', backgroundColor: 'var(--sunken)', border: 'none' },
          '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
          '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--surface)' },
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const { doc } = view.current!.state;
    if (doc.toString() !== text)
      view.current!.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    const made = view.current!;
    const { doc } = made.state;
    const diagnostics = mistakes.map(({ line, column, message }) => {
      const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      const at = Math.min(from + column - 1, to);
      return { from: at, to: Math.max(at, Math.min(at + 1, to)), severity: 'error' as const, message };
    });
    made.dispatch(setDiagnostics(made.state, diagnostics));
  }, [mistakes]);
  return <div class="editor" ref={host} />;
}
