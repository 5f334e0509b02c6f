/** Why a service cannot start, in words for the one who runs it. */
import { SpoolLocked } from "../spool/spool-errors.js";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "may not be written",
  EPERM: "may not be written",
  EROFS: "lies where nothing can be written",
  EEXIST: "is no folder",
  ENOTDIR: "is no folder",
  ENOSPC: "lies on a disk that is full",
  EDQUOT: "lies on a disk that is full",
};

/**
 * @param cause  what was thrown
 * @param folder  of all data
 */
export function startProblem(cause: unknown, folder: string): unknown {
  const data = `smirnov serve: the data folder ${folder} (data)`;
  if (cause instanceof SpoolLocked) {
    const who = cause.message.replace(/^openSpool: /, "");
    return new Error(`${data} is in use: ${who}. Each service needs a folder of its own`, { cause });
  }
  const { code = "", path = "", syscall } = cause as NodeJS.ErrnoException;
  const reason = reasons[code];
  if (!reason || syscall === undefined || !(path === "" || path.startsWith(folder))) return cause;
  return new Error(`${data} ${reason}${path === "" ? "" : `: ${path}`} (${code})`, { cause });
}
