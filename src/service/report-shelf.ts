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
  /** In the order in which they were told. */
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
      if (result) shelf.#kept.push({ file, summary: windowSummary(result) });
    }
    shelf.#kept.sort(({ summary: one }, { summary: other }) => one.asOf - other.asOf || one.index - other.index);
    await shelf.#trim();
    return shelf;
  }

  /** A window that is told again takes its former place's place. */
  async add(result: WindowResult): Promise<void> {
    const file = fileOf(result.id);
    const draft = join(this.#folder, `${file}.draft`);
    await writeFile(draft, JSON.stringify(result), { mode: 0o600 });
    await rename(draft, join(this.#folder, file));
    this.#kept = [...this.#kept.filter((one) => one.file !== file), { file, summary: windowSummary(result) }];
    await this.#trim();
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

  async #trim(): Promise<void> {
    const gone = this.#kept.slice(0, Math.max(0, this.#kept.length - this.#most));
    this.#kept = this.#kept.slice(gone.length);
    for (const { file } of gone) await unlink(join(this.#folder, file)).catch(() => {});
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
