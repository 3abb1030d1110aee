import { claimFolder } from '../../files';
import { landedShards, manifestIn } from '../../sweep/node';
import { UserError } from '../../text';
import { type Announcement, readAnnouncement, writeAnnouncement } from './announcement';

/**
 * Announces a sweep in its folder, where its workers look for it.
 * @throws UserError where nothing can be written there, or another result is in the way
 */
export async function claimSweep(folder: string, announcement: Announcement, resume: boolean): Promise<void> {
  await claimFolder(folder);
  const before = await readAnnouncement(folder);
  const whole = await manifestIn(folder);
  const landed = await landedShards(folder, announcement.shards);
  const used = before !== undefined || whole !== undefined || landed.size > 0;
  if (used && !resume)
    throw new UserError(
      `${folder} holds a result already`,
      'go on with it by --resume, or name another --out',
    );
  if (used && before?.id !== announcement.id)
    throw new UserError(
      `${folder} holds the result of another sweep`,
      'go on with what it was begun with, or name another --out',
    );
  await writeAnnouncement(folder, announcement);
}
