/** The part of sweeps that only Node has: results in folders, written, merged and read. */
export {
  emptyManifest,
  type FolderSinkOptions,
  folderSink,
  manifestIn,
} from './result/folder-sink';
export {
  isComplete,
  MANIFEST_FILE,
  type Manifest,
  type PartRecord,
  rowsWritten,
  writeManifest,
} from './result/manifest';
export { combineShards, mergeShards, shardFolder, shardManifests } from './result/merge';
export { PartFile, partFileName } from './result/part-file';
export { type Result, readResult } from './result/read';
