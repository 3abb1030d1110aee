import type { FormatName, PartFormat } from './format';
import { parquet } from './parquet';
import { csv, ndjson } from './text';

/** Every kind of file that a result may be kept in, by its name, which is also its extension. */
export const FORMATS: Readonly<Record<FormatName, PartFormat>> = { parquet, csv, ndjson };
