import type { ColumnChunk, ColumnMetaData, Encoding, PageHeader, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { Column, ColumnData, ColumnType } from '../column';
import type { PartFormat } from './format';
import { dictionaryOf, packBits } from './packing';

/**
 * Parquet (https://parquet.apache.org/docs/file-format), a row group a batch and a page a column. Numbers are plain and not
 * compressed: their low digits are as good as random, so that compression costs time and saves nothing. The pages are the
 * columns' own memory, which is little-endian wherever JavaScript runs. Strings are words of a dictionary. Every column is
 * required: there are no nulls.
 */
export const parquet: PartFormat = (columns, metadata) => {
  const groups: RowGroup[] = [];
  let offset = MAGIC.length;
  let rowsWritten = 0;
  return {
    begin: () => MAGIC,
    rows({ rows, data }) {
      const bytes: Uint8Array[] = [];
      const start = offset;
      const chunks = columns.map((column, i) => {
        const encoded = encodeChunk(column, data[i], rows, offset);
        bytes.push(...encoded.bytes);
        offset += encoded.byteLength;
        return encoded.chunk;
      });
      groups.push({
        columns: chunks,
        total_byte_size: BigInt(offset - start),
        num_rows: BigInt(rows),
        file_offset: BigInt(start),
        total_compressed_size: BigInt(offset - start),
      });
      rowsWritten += rows;
      return bytes;
    },
    end() {
      const writer = new ByteWriter();
      writeMetadata(writer, {
        version: 2,
        created_by: 'tardigrade',
        schema: [{ name: 'sweep', num_children: columns.length }, ...columns.map(schemaOf)],
        num_rows: BigInt(rowsWritten),
        row_groups: groups,
        metadata_length: 0,
        key_value_metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      });
      writer.appendBytes(MAGIC);
      return writer.getBytes();
    },
  };
};

const MAGIC = new TextEncoder().encode('PAR1');

/** Without the newer `INTEGER` type beside `UINT_32`: hyparquet-writer 0.17 writes its width as an i32, which Arrow and DuckDB refuse. */
const SCHEMA: Record<ColumnType, Partial<SchemaElement> & Required<Pick<SchemaElement, 'type'>>> = {
  int32: { type: 'INT32' },
  uint32: { type: 'INT32', converted_type: 'UINT_32' },
  float: { type: 'FLOAT' },
  double: { type: 'DOUBLE' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  boolean: { type: 'BOOLEAN' },
};

function schemaOf({ name, type }: Column): SchemaElement {
  return { ...SCHEMA[type], name, repetition_type: 'REQUIRED' };
}

interface EncodedChunk {
  readonly chunk: ColumnChunk;
  readonly bytes: readonly Uint8Array[];
  readonly byteLength: number;
}

function encodeChunk({ name, type }: Column, data: ColumnData, rows: number, offset: number): EncodedChunk {
  const pages = pagesOf(data, rows);
  const bytes = pages.flatMap(({ header, body }) => [headerBytes(header), body]);
  const lengths = bytes.map(({ byteLength }) => byteLength);
  const byteLength = lengths.reduce((sum, length) => sum + length, 0);
  const words = pages.length > 1;
  const encodings: Encoding[] = words ? ['PLAIN', 'RLE_DICTIONARY'] : ['PLAIN'];
  const meta_data: ColumnMetaData = {
    type: SCHEMA[type].type,
    encodings,
    path_in_schema: [name],
    codec: 'UNCOMPRESSED',
    num_values: BigInt(rows),
    total_uncompressed_size: BigInt(byteLength),
    total_compressed_size: BigInt(byteLength),
    data_page_offset: BigInt(words ? offset + lengths[0] + lengths[1] : offset),
    ...(words ? { dictionary_page_offset: BigInt(offset) } : {}),
  };
  return { chunk: { file_offset: BigInt(offset), meta_data }, bytes, byteLength };
}

interface Page {
  readonly header: PageHeader;
  readonly body: Uint8Array;
}

function pagesOf(data: ColumnData, rows: number): Page[] {
  if (data instanceof Uint8Array) return [dataPage(packBits(data, 1), rows, 'PLAIN')];
  if (ArrayBuffer.isView(data))
    return [dataPage(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), rows, 'PLAIN')];
  const { words, count, indices } = dictionaryOf(data);
  return [dictionaryPage(words, count), dataPage(indices, rows, 'RLE_DICTIONARY')];
}

function dataPage(body: Uint8Array, rows: number, encoding: Encoding): Page {
  return {
    header: {
      type: 'DATA_PAGE',
      uncompressed_page_size: body.byteLength,
      compressed_page_size: body.byteLength,
      data_page_header: {
        num_values: rows,
        encoding,
        definition_level_encoding: 'RLE',
        repetition_level_encoding: 'RLE',
      },
    },
    body,
  };
}

function dictionaryPage(body: Uint8Array, count: number): Page {
  return {
    header: {
      type: 'DICTIONARY_PAGE',
      uncompressed_page_size: body.byteLength,
      compressed_page_size: body.byteLength,
      dictionary_page_header: { num_values: count, encoding: 'PLAIN' },
    },
    body,
  };
}

function headerBytes(header: PageHeader): Uint8Array {
  const writer = new ByteWriter();
  writePageHeader(writer, header);
  return writer.getBytes();
}
