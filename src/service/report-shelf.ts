/** The latest results of a dataset, on disk, so that they can be asked for after a restart too. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WindowResult } from "../monitor/window-result.js";
import { type WindowSummary, windowSummary } from "./window-summary.js";

interface Kept {
  readonly file: string;
  readonly summary: WindowSummary;
}

/** Results are not synced to the disk: those of a crash of the machine are told again, or are in the store. */
export class ReportShelf {
  readonly #folder: string;
  readonly #most: number;
  /** In the order of the windows, one of each. */
  #kept: Kept[] = [];

  private constructor(folder: string, most: number) {
    this.#folder = folder;
    this.#most = most;
  }

  static async open(folder: string, most: number): Promise<ReportShelf> {
    await mkdir(folder, { recursive: true });
    const shelf = new ReportShelf(folder, most);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    for (const file of names) {
      const result = await resultIn(join(folder, file));
      if (result) await shelf.#keep({ file, summary: windowSummary(result) });
    }
    return shelf;
  }

  /** A window that is told again takes the place of what was told of it before. */
  async add(result: WindowResult): Promise<void> {
    const file = fileOf(result.id);
    const draft = join(this.#folder, `${file}.draft`);
    await writeFile(draft, JSON.stringify(result), { mode: 0o600 });
    await rename(draft, join(this.#folder, file));
    await this.#keep({ file, summary: windowSummary(result) });
  }

  /** The latest ones, oldest first. */
  summaries(most: number): WindowSummary[] {
    return this.#kept.slice(-most).map(({ summary }) => summary);
  }

  /** @param id  without it the latest that was compared, or else the latest @returns null where there is none */
  async result(id?: string): Promise<WindowResult | null> {
    const found =
      id === undefined
        ? (this.#kept.findLast(({ summary }) => summary.status === "compared") ?? this.#kept.at(-1))
        : this.#kept.find(({ summary }) => summary.id === id);
    return found ? resultIn(join(this.#folder, found.file)) : null;
  }

  async #keep(kept: Kept): Promise<void> {
    const { index, revision } = kept.summary;
    const same = this.#kept.find(({ summary }) => summary.index === index);
    const newer = same !== undefined && same.summary.revision > revision;
    const others = this.#kept.filter((one) => one !== same);
    const all = [...others, newer ? same : kept].sort((one, other) => one.summary.index - other.summary.index);
    this.#kept = all.slice(-this.#most);
    const files = new Set(this.#kept.map(({ file }) => file));
    for (const { file } of [...all, ...(same ? [same] : []), kept]) {
      if (!files.has(file)) await unlink(join(this.#folder, file)).catch(() => {});
    }
  }
}

const fileOf = (id: string): string => `${createHash("sha256").update(id).digest("hex").slice(0, 32)}.json`;

/** What was cut off by a crash is no result. */
async function resultIn(path: string): Promise<WindowResult | null> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}
