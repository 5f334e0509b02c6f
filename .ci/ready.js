// Makes a clone ready: installs what the lock file says and builds what is older than its source. Uses only Node, so
// that `npm start` and `npm test` work on a fresh clone, and does nothing when nothing changed.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...path) => join(root, ...path);
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const newest = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (time, entry) => Math.max(time, modified(join(entry.parentPath ?? entry.path, entry.name))),
    modified(folder),
  );

/** The environment without what npm put there for us: a nested npm must not take it for its own. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
const run = (command, ...args) =>
  execFileSync(command, args, { cwd: root, env: environment, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
const bin = (name, ...args) => run(process.execPath, at("node_modules", ...name.split("/")), ...args);

const force = process.argv.includes("--build");

if (modified(at("node_modules", ".package-lock.json")) < modified(at("package-lock.json"))) {
  console.error("smirnov: installing packages");
  run("npm", "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error");
}

const configuration = Math.max(modified(at("asconfig.json")), modified(at("tsconfig.json")), modified(at("package.json")));
const wasm = at("dist", "engine", "kernels.wasm");
if (force || modified(wasm) < Math.max(newest(at("assembly")), configuration)) {
  console.error("smirnov: compiling kernels");
  mkdirSync(dirname(wasm), { recursive: true });
  bin("assemblyscript/bin/asc.js", "assembly/index.ts", "--target", "release");
  rmSync(at("dist", "engine", "kernels.js")); // only its types are used
}

const entry = at("dist", "index.js");
if (force || modified(entry) < Math.max(newest(at("src")), modified(wasm), configuration)) {
  console.error("smirnov: compiling TypeScript");
  rmSync(entry, { force: true }); // a failed build must not look fresh
  bin("typescript/bin/tsc", "-p", "tsconfig.json");
}
