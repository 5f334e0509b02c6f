/** Runs as bytes of a spool: structured clones, which keep -0 and any text. */
import { deserialize, serialize } from "node:v8";
import { checkRun } from "./check-run.js";
import type { RunRecord } from "./metric-store.js";

const format = 1;

export function runToBytes(run: RunRecord): Uint8Array {
  return serialize({ format, run });
}

/** @throws TypeError, RangeError for bytes that hold no run */
export function runFromBytes(bytes: Uint8Array): RunRecord {
  const { format: found, run } = deserialize(bytes);
  if (found !== format) throw new RangeError(`record: the spool holds a run of format ${found}, not ${format}`);
  checkRun("record", run);
  return run;
}
