import { CommandFailed } from './command';

/** What a disk that cannot take more says. */
const FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file is larger than this system allows',
  EROFS: 'the disk can only be read',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EIO: 'the disk failed',
};

/** An error as it is to be told: in a line where the disk is behind it, as it is otherwise. */
export function diskFailure(error: unknown, folder: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  const reason = FAILURES[code];
  if (reason === undefined) return error;
  return new CommandFailed(
    `${folder}: ${reason} (${code}); what is listed there is whole: make room, then go on with --resume`,
  );
}
