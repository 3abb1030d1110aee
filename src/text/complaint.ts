/**
 * A complaint before it has its place in a file is one string, written as it will be read: "what is wrong; the mend".
 * (A schema library carries one string for each issue.) It is parted again at the first semicolon.
 */
const PART = '; ';

export function complain(what: string, mend: string): string {
  return what + PART + mend;
}

export function splitComplaint(complaint: string): [what: string, mend: string] {
  const at = complaint.indexOf(PART);
  return [complaint.slice(0, at), complaint.slice(at + PART.length)];
}
