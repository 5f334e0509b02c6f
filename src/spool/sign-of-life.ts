/**
 * Whether a process lives that other processes of the machine may not see, as those of other containers: it listens on a
 * socket, which the system closes when the process ends, however it ends, and leaves open while it is merely slow or halted.
 *
 * On Windows the socket is a named pipe, elsewhere a file in the folder. Some file systems have no sockets; then there is no sign.
 */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { join } from "node:path";

/** Bytes of a socket's path: 108 on Linux, 104 elsewhere, the last one 0. */
const longestPath = 103;

const fileOf = (folder: string, token: string) => join(folder, `lock.${token}.alive`);

/** Ends the sign. */
type End = () => Promise<void>;

/** Begins to give it. @returns `null` where that cannot be done */
export async function giveSign(folder: string, token: string): Promise<End | null> {
  const address = await addressOf(folder, token);
  const server = createServer((connection) => connection.destroy());
  // It keeps no process from ending.
  server.unref();
  const listens = await listening(server, address.path);
  const end = async () => {
    // The file goes with it.
    if (listens) await new Promise((resolve) => server.close(resolve));
    await address.close();
  };
  if (listens && (await givesSign(folder, token))) return end;
  await end();
  return null;
}

/** @returns `null` where nobody can say */
export async function givesSign(folder: string, token: string): Promise<boolean | null> {
  const address = await addressOf(folder, token);
  try {
    return await new Promise((resolve) => {
      const connection = createConnection(address.path);
      connection.once("connect", () => {
        connection.destroy();
        resolve(true);
      });
      connection.once("error", ({ code }: NodeJS.ErrnoException) => resolve(meaning.get(code) ?? null));
    });
  } finally {
    await address.close();
  }
}

/** EAGAIN: more connect than are waited for. */
const meaning = new Map<string | undefined, boolean>([
  ["ECONNREFUSED", false],
  ["ENOENT", false],
  ["EAGAIN", true],
]);

/** Takes away what one left that was killed. */
export async function clearSign(folder: string, token: string): Promise<void> {
  await unlink(fileOf(folder, token)).catch(() => {});
}

function listening(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(path, () => resolve(true));
  });
}

/** Where a path is too long, Linux knows its folder by a shorter one while that is open. */
async function addressOf(folder: string, token: string): Promise<{ readonly path: string; readonly close: End }> {
  const path = fileOf(folder, token);
  if (process.platform === "win32") return { path: `\\\\.\\pipe\\smirnov-${token}`, close: async () => {} };
  const isLong = Buffer.byteLength(path) > longestPath;
  if (!isLong || process.platform !== "linux") return { path, close: async () => {} };
  const handle: FileHandle = await open(folder, "r");
  return { path: fileOf(`/proc/self/fd/${handle.fd}`, token), close: () => handle.close() };
}
