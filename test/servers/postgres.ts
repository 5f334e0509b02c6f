/** A PostgreSQL of its own for a test: in a folder that is removed, on a port that is free, as the user that it asks for. */
import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Debian keeps versions side by side; the newest one. */
const programs = existsSync("/usr/lib/postgresql")
  ? readdirSync("/usr/lib/postgresql")
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
      .find((folder) => existsSync(join(folder, "initdb")))
  : undefined;

/** Whether there is a PostgreSQL to be started here. */
export const hasPostgres = programs !== undefined;

export interface PostgresServer {
  /** Of a superuser with a password, for a database that exists. */
  readonly url: string;
  readonly password: string;
  /** As a crash: nothing is said to those who are connected. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a server whose data survive its own crash, but not the machine's: nothing is waited for to be on the disk. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-postgres-"));
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (id) => Number((await run("id", [id, "postgres"])).stdout)),
    );
    chownSync(folder, uid!, gid!);
  }
  const as = (program: string, ...words: string[]) => {
    const path = join(programs!, program);
    return isRoot
      ? run("runuser", ["-u", "postgres", "--", path, ...words], { cwd: folder })
      : run(path, words, { cwd: folder });
  };
  const data = join(folder, "data");
  const port = await freePort();
  const password = "p/4ss w:ord@%41";
  const settings = `-h 127.0.0.1 -p ${port} -k ${folder} -c fsync=off -c full_page_writes=off`;
  const start = async () => {
    await as("pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", join(folder, "log"), "-o", settings);
  };
  const stop = async () => {
    await as("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data);
  };
  try {
    await as(
      "initdb",
      "-D",
      data,
      "-U",
      "smirnov",
      "-E",
      "UTF8",
      "--locale=C",
      "--auth-local=trust",
      "--auth-host=scram-sha-256",
      "--no-sync",
    );
    await start();
    await as(
      "psql",
      "-h",
      folder,
      "-p",
      String(port),
      "-U",
      "smirnov",
      "-d",
      "postgres",
      "-c",
      `alter role smirnov password '${password}'`,
    );
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgres://smirnov:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    password,
    stop,
    start,
    async remove() {
      await stop().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
