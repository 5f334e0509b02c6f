/** What the spool throws, as answers. */
import { SpoolFailed, SpoolFull } from "../spool/spool-errors.js";
import { Problem } from "./problem.js";

const noRoom = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

export const diskFailed = "the disk failed; nothing is accepted until the service was started again";

export function refusal(error: unknown): unknown {
  if (error instanceof SpoolFull) {
    return new Problem(429, "the spool is full of what was not looked at yet; try again in a while", {
      headers: { "retry-after": "5" },
    });
  }
  if (noRoom.has((error as NodeJS.ErrnoException).code ?? "")) {
    return new Problem(507, "the disk is full; nothing was accepted", { headers: { "retry-after": "30" } });
  }
  if (error instanceof SpoolFailed) {
    return new Problem(503, diskFailed);
  }
  return error;
}
