// Peers: programs of others on the very same numbers. A peer gets paths of raw f64 files, prints its answer as a line of
// JSON, and then, for every number of milliseconds that it reads, runs for as long and prints its times.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const source = (name) => fileURLToPath(new URL(`./peers/${name}`, import.meta.url));

/** Tuning that would keep the peers' libraries from choosing what suits the machine. */
const { OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...others } = process.env;
const env = { ...others, PYTHONDONTWRITEBYTECODE: "1" };

/** What is installed here to compare with; `why` is told for what is not. */
export function findPeers() {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-bench-"));
  const files = new Map();
  const running = new Set();
  const python = spawnSync("python3", [source("versions.py")], { encoding: "utf8", env });
  const reader = join(folder, "read");
  const compiled = spawnSync("cc", ["-O3", "-march=native", "-o", reader, source("read.c")], { encoding: "utf8" });
  const hasPython = python.status === 0;
  const versions = Object.entries(hasPython ? JSON.parse(python.stdout) : {});
  const missing = versions.filter(([, version]) => version === null).map(([name]) => name);
  const hasReader = compiled.status === 0;

  const fileOf = (values) => {
    if (!files.has(values)) {
      files.set(values, join(folder, `${files.size}.f64`));
      writeFileSync(files.get(values), values);
    }
    return files.get(values);
  };
  const start = async (command, args, arrays) => {
    const child = spawn(command, [...args, ...arrays.map(fileOf)], { stdio: ["pipe", "pipe", "inherit"], env });
    running.add(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`bench: the peer ${args[0] ?? command} stopped`);
      return JSON.parse(value);
    };
    return {
      answer: await next(),
      run(milliseconds) {
        child.stdin.write(`${milliseconds}\n`);
        return next();
      },
      stop() {
        running.delete(child);
        child.stdin.end();
      },
    };
  };
  return {
    versions: hasPython
      ? versions.flatMap(([name, version]) => (version === null ? [] : [`${name} ${version}`])).join(", ")
      : null,
    why: [
      ...(hasPython ? [] : ["SciPy and NumPy are left out: python3 has no SciPy here"]),
      ...missing.map((name) => `${name} is left out: it is not installed here`),
      ...(hasReader ? [] : ["The reading loop is left out: there is no C compiler cc here"]),
    ],
    /** `null` where Python, SciPy or the package that is needed beside it is missing. */
    python: (name, arrays, needed) =>
      hasPython && !missing.includes(needed) ? start("python3", [source(`${name}.py`)], arrays) : null,
    /** A loop that only reads the arrays; `null` where no C compiler is. */
    reader: (arrays) => (hasReader ? start(reader, [], arrays) : null),
    close() {
      for (const child of running) child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const noPeers = { versions: null, why: [], python: () => null, reader: () => null, close() {} };
