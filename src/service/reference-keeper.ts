/**
 * What windows are compared with, beside the monitor's state, which does not hold it: the file that the configuration names, or
 * what was sent later, which is kept as a file here.
 */
import { mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Comparable } from "../drift/compare.js";
import { type RecordHeader, recordHead, recordOf } from "./record.js";

interface FileFacts {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Plain data, as snapshots keep it. */
export interface StoredReference {
  /** Of the configuration, as it was when it was last looked at. */
  readonly configured: FileFacts | null;
  /** Name of the file with what was sent, after that. */
  readonly sent: string | null;
}

export interface ReferenceReaders {
  readonly file: (path: string) => Promise<Comparable>;
  readonly record: (header: RecordHeader, body: Uint8Array) => Promise<Comparable>;
}

const nameOf = (sequence: number): string => `reference-${String(sequence).padStart(16, "0")}.record`;

export class ReferenceKeeper {
  readonly #folder: string;
  #now: StoredReference;
  /** Files that snapshots name which may still be read. */
  #named: readonly (string | null)[] = [];

  private constructor(folder: string, now: StoredReference) {
    this.#folder = folder;
    this.#now = now;
    this.#named = [now.sent];
  }

  /**
   * The reference that holds now: what was sent last, unless the configuration's file is another one than then.
   *
   * @param path  that the configuration names
   * @throws Error where it cannot be read any more
   */
  static async open(
    folder: string,
    path: string | undefined,
    stored: StoredReference | null,
    readers: ReferenceReaders,
  ): Promise<{ readonly keeper: ReferenceKeeper; readonly reference: Comparable | undefined }> {
    await mkdir(folder, { recursive: true });
    const configured = path === undefined ? null : await factsOf(path);
    const isSame = JSON.stringify(configured) === JSON.stringify(stored?.configured ?? null);
    const sent = isSame ? (stored?.sent ?? null) : null;
    const keeper = new ReferenceKeeper(folder, { configured, sent });
    if (sent !== null) {
      const { header, body } = recordOf(sent, await readFile(join(folder, sent)));
      return { keeper, reference: await readers.record(header, body) };
    }
    return { keeper, reference: configured ? await readers.file(configured.path) : undefined };
  }

  get stored(): StoredReference {
    return this.#now;
  }

  /** Keeps what was sent; it is on the disk when this returns. */
  async keep(sequence: number, header: RecordHeader, body: Uint8Array): Promise<void> {
    const name = nameOf(sequence);
    const draft = join(this.#folder, `${name}.draft`);
    const file = await open(draft, "w", 0o600);
    try {
      await file.writeFile(recordHead(header));
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(this.#folder, name));
    this.#now = { ...this.#now, sent: name };
  }

  /** A snapshot names what is kept now: what only snapshots before the last one named is removed. */
  async named(): Promise<void> {
    this.#named = [...this.#named.slice(-1), this.#now.sent];
    for (const name of await readdir(this.#folder)) {
      if (/^reference-\d{16}\.record$/.test(name) && !this.#named.includes(name)) {
        await unlink(join(this.#folder, name)).catch(() => {});
      }
    }
  }
}

async function factsOf(path: string): Promise<FileFacts> {
  const { size, mtimeMs } = await stat(path).catch((cause) => {
    throw new Error(`the reference ${path} cannot be read`, { cause });
  });
  return { path, size, mtimeMs };
}
