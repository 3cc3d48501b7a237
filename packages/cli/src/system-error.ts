/** What the machine refuses is no bug of ours: a folder that cannot be written, a disk that is full. */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the quota is used up",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "something else is there",
  EISDIR: "it is a folder",
  ENOENT: "it is not there",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  EBUSY: "it is in use",
  EIO: "the device does not answer",
};

/** A sentence about an error of the operating system; undefined for any other. */
export function systemError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  const reason = REASONS[String(error.code)];
  const path = "path" in error ? `\`${String(error.path)}\`` : "a stream";
  return reason === undefined ? undefined : `${String(error.syscall)} of ${path} failed: ${reason}`;
}
