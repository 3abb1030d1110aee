/**
 * Everything in `tardigrade`, and what only Node has: the result document, the report drawn from it, and sweeps kept in
 * folders.
 */
export * from './index';
export {
  composeResult,
  type Figure,
  type ResultDocument,
  renderReport,
  renderSweepReport,
  resultDocument,
  type SweepReport,
  writeResult,
} from './report';
export {
  type FolderSinkOptions,
  folderSink,
  listDesign,
  type Manifest,
  mergeShards,
  type Result,
  readResult,
} from './sweep/node';
