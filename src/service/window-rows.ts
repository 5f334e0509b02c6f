/** Rows of the latest windows, on disk: a retrained model may be given them as its new reference. */
import { mkdir, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Table } from "../column/column.js";
import { RowStore } from "../monitor/row-store.js";
import { tableFromBytes, tableToBytes } from "../monitor/table-bytes.js";

const most = 32;
const nameOf = (index: number): string => `window-${String(index).padStart(12, "0")}.table`;
const namePattern = /^window-\d{12}\.table$/;

export class WindowRows {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async keep(index: number, rows: Table): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, nameOf(index));
    await writeFile(`${path}.draft`, tableToBytes(rows), { mode: 0o600 });
    await rename(`${path}.draft`, path);
    const names = (await readdir(this.#folder)).filter((name) => namePattern.test(name)).sort();
    for (const name of names.slice(0, -most)) await unlink(join(this.#folder, name));
  }

  /**
   * Rows of all these windows, as a table's bytes.
   *
   * @throws Error where none of them is kept
   */
  async together(indices: readonly number[]): Promise<{ readonly rows: number; readonly bytes: Uint8Array }> {
    const store = new RowStore("rebaseline");
    for (const index of new Set(indices)) {
      const path = join(this.#folder, nameOf(index));
      const bytes = await readFile(path).catch(() => null);
      if (bytes) store.append(tableFromBytes(bytes, path));
    }
    if (store.rows === 0) throw new Error(`rebaseline: no rows of windows ${indices.join(", ")} are kept`);
    return { rows: store.rows, bytes: tableToBytes(store.take()) };
  }
}
