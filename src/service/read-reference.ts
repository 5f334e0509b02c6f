/** The reference that a configuration names: a table, or a profile. */
import { open, readFile } from "node:fs/promises";
import type { Comparable } from "../drift/compare.js";
import { magic } from "../profile/byte-layout.js";
import { fromBytes } from "../profile/from-bytes.js";
import { readTable } from "../read/read-table.js";

export async function readReference(path: string): Promise<Comparable> {
  const file = await open(path, "r");
  const head = Buffer.alloc(magic.length);
  await file.read(head, 0, head.length, 0).finally(() => file.close());
  return head.toString("latin1") === magic ? fromBytes(await readFile(path), path) : readTable(path);
}
