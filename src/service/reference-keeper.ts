/**
 * Which reference holds after a restart: the monitor's state has the one that was given last; that of the configuration is
 * given again when its file is another one than then.
 */
import { stat } from "node:fs/promises";
import type { Comparable } from "../drift/compare.js";

interface FileFacts {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Plain data, as snapshots keep it. */
export interface StoredReference {
  /** Of the configuration, as it was when it was last looked at. */
  readonly configured: FileFacts | null;
  /** Names the record of what was sent after that; `null`: nothing was. */
  readonly sent: string | null;
}

export class ReferenceKeeper {
  #now: StoredReference;

  private constructor(now: StoredReference) {
    this.#now = now;
  }

  /**
   * @param path  that the configuration names
   * @param read  reads such a file
   * @returns with the reference that the monitor is given; none where what was sent holds, which its state has
   * @throws Error where it cannot be read any more
   */
  static async open(
    path: string | undefined,
    stored: StoredReference | null,
    read: (path: string) => Promise<Comparable>,
  ): Promise<{ readonly keeper: ReferenceKeeper; readonly reference: Comparable | undefined }> {
    const configured = path === undefined ? null : await factsOf(path);
    const isSame = JSON.stringify(configured) === JSON.stringify(stored?.configured ?? null);
    const sent = isSame ? (stored?.sent ?? null) : null;
    const keeper = new ReferenceKeeper({ configured, sent });
    return { keeper, reference: configured && sent === null ? await read(configured.path) : undefined };
  }

  get stored(): StoredReference {
    return this.#now;
  }

  /** The monitor has another one from now on. */
  sent(sequence: number): void {
    this.#now = { ...this.#now, sent: `record ${sequence}` };
  }
}

async function factsOf(path: string): Promise<FileFacts> {
  const { size, mtimeMs } = await stat(path).catch((cause) => {
    const why = cause.code === "ENOENT" ? "there is no such file" : cause.code;
    throw new Error(`the reference ${path} cannot be read: ${why}`, { cause });
  });
  return { path, size, mtimeMs };
}
