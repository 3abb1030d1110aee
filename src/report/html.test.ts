import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, trusted } from './html';

describe('html', () => {
  it('escapes what is interpolated, keeps markup, joins lists', () => {
    expect(html`<b title="${'"x"'}">${'<script>'}${[html`<i>1</i>`, ' & ', 2]}${null}</b>`.markup).toBe(
      '<b title="&quot;x&quot;">&lt;script&gt;<i>1</i> &amp; 2</b>',
    );
    expect(html`${trusted('<svg/>')}`.markup).toBe('<svg/>');
  });

  it('lets no text out of its element or its attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const markup = html`<p title="${text}">${text}</p>`.markup;
        expect(markup.match(/[<>]/g)).toHaveLength(4);
        const { document } = parseHTML(`<html><body>${markup}</body></html>`);
        expect(document.querySelectorAll('body *')).toHaveLength(1);
      }),
    );
  });

  it('drops control characters, which no HTML may hold', () => {
    expect(escapeHtml('a\u0000b\u001b[2Kc\td')).toBe('ab[2Kc\td');
  });
});
