/** States on disk: what is written is read, tables are written once, and none is taken away that a state needs. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readSnapshot, type Snapshot, writeSnapshot } from "../../dist/service/snapshot.js";
import { scratchFolder } from "./running.ts";

const table = (seed: number, length = 600_000) => Uint8Array.from({ length }, (_, k) => (k * seed) % 251);
const keysOf = (count: number) =>
  Array.from({ length: count }, (_, k) => ({ key: `k"${k}`, hash: "æ", at: k, sequence: k + 1, rows: 2 }));

function snapshot(sequence: number, tables: readonly Uint8Array[], keys = 0): Snapshot {
  return {
    ...{ sequence, at: 5, arrival: 4, keys: keysOf(keys), schema: { a: "number" }, alerts: null, reference: null },
    clock: null,
    state: table(sequence, 700_000),
    tables: new Map(tables.map((bytes, k) => [k + 1, bytes])),
  };
}
const filesIn = (folder: string, end: string) => readdirSync(folder).filter((name) => name.endsWith(end));

it.each([0, 1, 2000, 4001])("a state with %i keys is read as it was written", async (keys) => {
  const folder = join(scratchFolder(), "state");
  const written = snapshot(1, [table(3), table(7)], keys);
  expect(await writeSnapshot(folder, written)).toBe(0);
  const { snapshot: read, damaged } = await readSnapshot(folder);
  expect(damaged).toEqual([]);
  expect({ ...read, state: [...read!.state], tables: null }).toEqual({
    ...written,
    state: [...written.state],
    tables: null,
  });
  expect([...read!.tables.keys()]).toEqual([1, 2]);
  for (const [version, bytes] of read!.tables) expect(Buffer.compare(bytes, written.tables.get(version)!)).toBe(0);
});

it("a table is written once, and stays as long as a state that is kept needs it", async () => {
  const folder = scratchFolder();
  const [first, second] = [table(3), table(7)];
  await writeSnapshot(folder, snapshot(1, [first]));
  const [name] = filesIn(folder, ".table");
  const { ino, mtimeMs } = statSync(join(folder, name!));
  // After a restart it is other bytes in memory.
  await writeSnapshot(folder, snapshot(2, [Uint8Array.from(first)]));
  expect(statSync(join(folder, name!))).toMatchObject({ ino, mtimeMs });
  expect(await writeSnapshot(folder, snapshot(3, [second]))).toBe(2);
  expect(filesIn(folder, ".table")).toHaveLength(2);
  await writeSnapshot(folder, snapshot(4, [second]));
  expect(filesIn(folder, ".table")).toHaveLength(1);
  expect(filesIn(folder, ".table")).not.toContain(name);
  const { snapshot: read } = await readSnapshot(folder);
  expect(Buffer.compare(read!.tables.get(1)!, second)).toBe(0);
});

it("a state whose table is damaged or gone is passed over", async () => {
  const folder = scratchFolder();
  await writeSnapshot(folder, snapshot(1, [table(3)]));
  await writeSnapshot(folder, snapshot(2, [table(7)]));
  const named = (await readSnapshot(folder)).snapshot!.tables.get(1)!;
  const path = filesIn(folder, ".table")
    .map((name) => join(folder, name))
    .find((file) => readFileSync(file).equals(named))!;
  writeFileSync(path, readFileSync(path).fill(9, 300_000, 300_001));
  const { snapshot: read, damaged } = await readSnapshot(folder);
  expect(read!.sequence).toBe(1);
  expect(damaged.join()).toMatch(/reference-.*the hash differs/);
  rmSync(path);
  expect((await readSnapshot(folder)).damaged.join()).toMatch(/no such file/);
});

it("a table is not taken away while the state before needs it, though that is damaged later", async () => {
  const folder = scratchFolder();
  for (const [k, seed] of [3, 5, 7].entries()) await writeSnapshot(folder, snapshot(k + 1, [table(seed)]));
  const [older, latest] = filesIn(folder, ".snapshot").sort();
  mkdirSync(join(folder, "aside"));
  renameSync(join(folder, latest!), join(folder, "aside", latest!));
  const { snapshot: read } = await readSnapshot(folder);
  expect(older).toMatch(/02\.snapshot$/);
  expect(Buffer.compare(read!.tables.get(1)!, table(5))).toBe(0);
});
