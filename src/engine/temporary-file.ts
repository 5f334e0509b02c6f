/** Files that nobody else sees: in the system's folder for such files, and gone when they are closed or the process ends. */
import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFile {
  readonly descriptor: number;
  /** Writes all of `bytes` at a position. */
  write(bytes: Uint8Array, at: number): void;
  /** Fills `into` with what was written at a position. */
  read(at: number, into: Uint8Array): void;
  close(): void;
}

/** Names that could not be taken away while their files are open (Windows). */
const left = new Set<string>();
let watching = false;

/** @throws the file system's error where no file can be made */
export function temporaryFile(): TemporaryFile {
  const path = join(tmpdir(), `smirnov-${process.pid}-${randomUUID()}`);
  const descriptor = openSync(path, "wx+", 0o600);
  const named = !unlinked(path);
  if (named) {
    left.add(path);
    if (!watching) process.on("exit", () => left.forEach(unlinked));
    watching = true;
  }
  let open = true;
  return {
    descriptor,
    write(bytes, at) {
      for (let done = 0; done < bytes.length; )
        done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
    },
    read(at, into) {
      for (let done = 0; done < into.length; ) {
        const read = readSync(descriptor, into, done, into.length - done, at + done);
        if (read === 0) throw new Error(`smirnov: a temporary file ends at ${at + done}, before ${at + into.length}`);
        done += read;
      }
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(descriptor);
      if (named && unlinked(path)) left.delete(path);
    },
  };
}

/** Whether the name is gone; the file goes with its last descriptor. */
function unlinked(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
