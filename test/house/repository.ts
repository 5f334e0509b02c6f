/** The repository as the house tests look at it: where it is, its files, and commands run in it. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutNpm } from "../../.ci/environment.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The path of a file or folder of the repository. */
export const at = (...path: string[]) => join(root, ...path);

export const text = (path: string) => readFileSync(at(path), "utf8");

/** The files under a folder whose names end with `ending`, as paths from the root with forward slashes. */
export function filesIn(folder: string, ending = ""): string[] {
  return readdirSync(at(folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/"));
}

/** What a command printed and how it ended. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command without input to its end. */
export function run(command: string, args: readonly string[], cwd = root, shell = false): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, shell, stdio: ["ignore", "pipe", "pipe"], env: environment() });
    let output = "";
    let errors = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output, errors }));
  });
}

/** Runs a script of an installed package, named by its path in `node_modules`. */
export const tool = (script: string, args: readonly string[], cwd = root) =>
  run(process.execPath, [at("node_modules", script), ...args], cwd);

/** Runs a command that is only a script on Windows, where such need a shell, and a shell needs quotes. */
export function command(name: string, args: readonly string[], cwd = root): Promise<Outcome> {
  const windows = process.platform === "win32";
  const quoted = (word: string) => (windows ? `"${word}"` : word);
  return run(quoted(name), args.map(quoted), cwd, windows);
}

/** Without what would change how the commands behave: colours, and that we run under npm and vitest. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(withoutNpm(process.env));
  const kept = inherited.filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$|FORCE_COLOR$)/.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: "1" };
}
