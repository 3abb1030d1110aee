/** The part of sweeps that only Node has: results in folders, written, merged and read. */

export { formatOf, listDesign } from './designs/list';
export {
  type CoordinateOptions,
  coordinate,
  type QueuedSweep,
  type QueueProgress,
  ShardFailed,
} from './queue/coordinate';
export { connectQueue, type QueueServer } from './queue/server';
export { landedShards, landShard, removeUnfinishedShards } from './queue/shard-folders';
export type { ShardTask } from './queue/task';
export { type Evaluate, type WorkOptions, work } from './queue/work';
export {
  emptyManifest,
  type FolderSinkOptions,
  folderSink,
  manifestIn,
} from './result/folder-sink';
export {
  differenceBetween,
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
