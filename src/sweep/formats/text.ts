import type { Batch, Column, ColumnData } from '../column';
import type { PartFormat } from './format';

const utf8 = new TextEncoder();

/** Encodes rows as lines of text. */
function lines(header: string, line: (batch: Batch, row: number) => string) {
  return {
    begin: () => utf8.encode(header),
    rows(batch: Batch) {
      let text = '';
      for (let row = 0; row < batch.rows; row++) text += line(batch, row);
      return [utf8.encode(text)];
    },
    end: () => new Uint8Array(),
  };
}

/**
 * Comma-separated values after RFC 4180, with a header line; true and false, NaN and Infinity as such. Numbers have the
 * shortest form that reads back unchanged.
 */
export const csv: PartFormat = (columns) =>
  lines(
    `${columns.map(({ name }) => quoted(name)).join(',')}\n`,
    ({ data }, row) => `${columns.map((column, i) => quoted(cell(column, data[i], row))).join(',')}\n`,
  );

function cell({ type }: Column, data: ColumnData, row: number): string {
  if (type === 'boolean') return data[row] === 1 ? 'true' : 'false';
  return String(data[row]);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One JSON object a line. JSON has neither NaN nor Infinity: they are null. */
export const ndjson: PartFormat = (columns) => {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return lines('', ({ data }, row) => {
    const members = columns.map(({ type }, i) => {
      const value = type === 'boolean' ? data[i][row] === 1 : data[i][row];
      return keys[i] + JSON.stringify(value);
    });
    return `{${members.join(',')}}\n`;
  });
};
