// Starts a PostgreSQL of its own: in a folder that is removed, on a port that is free. JavaScript, for benchmarks too;
// postgres.ts has the types.
import { execFile } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.js";

const run = promisify(execFile);

/** Debian keeps versions side by side; the newest one. */
const programs = existsSync("/usr/lib/postgresql")
  ? readdirSync("/usr/lib/postgresql")
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
      .find((folder) => existsSync(join(folder, "initdb")))
  : undefined;

export const hasPostgres = programs !== undefined;

const password = "p/4ss w:ord@%41";

/** What it holds survives its own crash, but not the machine's: nothing is waited for to be on the disk. */
export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-postgres-"));
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const as = (program, ...words) =>
    isRoot
      ? run("runuser", ["-u", "postgres", "--", join(programs, program), ...words], { cwd: folder })
      : run(join(programs, program), words, { cwd: folder });
  const data = join(folder, "data");
  const port = await freePort();
  const settings = `-h 127.0.0.1 -p ${port} -k ${folder} -c fsync=off -c full_page_writes=off`;
  const start = async () => {
    await as("pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", join(folder, "log"), "-o", settings);
  };
  // As a crash: nothing is said to those who are connected.
  const stop = async () => {
    await as("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data);
  };
  const remove = async () => {
    await stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (isRoot) {
      const [uid, gid] = await Promise.all(["-u", "-g"].map((id) => run("id", [id, "postgres"])));
      chownSync(folder, Number(uid.stdout), Number(gid.stdout));
    }
    const rights = ["--auth-local=trust", "--auth-host=scram-sha-256"];
    await as("initdb", "-D", data, "-U", "smirnov", "-E", "UTF8", "--locale=C", ...rights, "--no-sync");
    await start();
    const place = ["-h", folder, "-p", String(port), "-U", "smirnov", "-d", "postgres"];
    await as("psql", ...place, "-c", `alter role smirnov password '${password}'`);
  } catch (error) {
    await remove();
    throw error;
  }
  const url = `postgres://smirnov:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  return { url, password, start, stop, remove };
}
