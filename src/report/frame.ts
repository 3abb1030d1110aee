import { html, type Markup, trusted } from './html';
import style from './report.css?raw';

/** A Content-Security-Policy that forbids every request and every script: the file only shows itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A page of ours: one HTML file, light and dark, that asks nothing of the network and runs no script. */
export function renderDocument(title: string, main: Markup): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light dark"><title>${title} – Tardigrade</title><style>${trusted(style)}</style></head>
<body><main>${main}</main></body></html>
`.markup;
}
