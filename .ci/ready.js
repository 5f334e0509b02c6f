// Makes a clone ready: installs what the lock file asks for and builds what changed since it was last built. Uses only
// Node, so that `npm start` and `npm test` work on a fresh clone, and does nothing when nothing changed. It is called by
// those commands themselves because npm leaves out pre and post scripts under `ignore-scripts`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutNpm } from "./environment.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...path) => join(root, ...path);
const text = (...path) => (existsSync(at(...path)) ? readFileSync(at(...path), "utf8") : "");
const filesIn = (folder) =>
  readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const needed = JSON.parse(text("package.json")).engines.node.replace(/[^\d.]/g, "");
if (isOlder(process.versions.node, needed)) {
  stop(`needs Node ${needed} or newer, this is ${process.versions.node}`);
}

if (!isInstalled()) {
  console.error("smirnov: installing packages");
  const command = "npm ci --include=dev --include=optional --no-audit --no-fund --loglevel=error";
  // Through the shell, which is the only way to start npm on Windows. Nothing in the line needs quoting.
  run("npm ci", command, { env: withoutNpm(process.env), shell: true });
}

const force = process.argv.includes("--build");
const toolchain = ["package.json", "package-lock.json"];
const kernelsChanged = build("kernels", [...filesIn("assembly"), "asconfig.json", ...toolchain], () => {
  mkdirSync(at("dist", "engine"), { recursive: true });
  // Warning 112 is of vectors in the signatures of exports; those it finds are not exported, which a test asserts.
  node("assemblyscript/bin/asc.js", "assembly/index.ts", "--target", "release", "--disableWarning", "112");
  rmSync(at("dist", "engine", "kernels.js"), { force: true }); // only its types are used
  // Types that only a browser's or Node's declarations know must not reach those who install the package.
  const types = at("dist", "engine", "kernels.d.ts");
  writeFileSync(types, readFileSync(types, "utf8").replaceAll("WebAssembly.Module", "object"));
});
// After the kernels, whose types TypeScript reads.
const typesChanged = build(
  "typescript",
  [...filesIn("src"), "tsconfig.json", ...toolchain],
  compileTypeScript,
  force || kernelsChanged,
);
const bundler = join(".ci", "bundle.js");
build(
  "bundle",
  [bundler],
  () => run("bundling", process.execPath, {}, [at(bundler), at("dist")]),
  force || typesChanged,
);

function compileTypeScript() {
  node("typescript/bin/tsc", "-p", "tsconfig.json");
  // What was compiled from sources that are gone would otherwise be packed.
  const kept = join("dist", "engine", "kernels.d.ts");
  for (const file of filesIn("dist")) {
    const source = relative("dist", file).replace(/(\.d\.ts|\.js)$/, ".ts");
    if (source.endsWith(".ts") && file !== kept && !existsSync(at("src", source))) rmSync(at(file));
  }
}

/**
 * Does `work` unless it was done for exactly these inputs. What it was done for is noted only when it succeeded, so that
 * a build that failed or was stopped is done again.
 */
function build(name, inputs, work, must = force) {
  const note = at("dist", `.${name}`);
  const state = inputs.map(stateOf).join("\n");
  if (!must && text("dist", `.${name}`) === state) return false;
  console.error(`smirnov: building ${name}`);
  rmSync(note, { force: true });
  work();
  writeFileSync(note, state);
  return true;
}

function stateOf(file) {
  const { mtimeMs, size } = statSync(at(file));
  return `${file} ${size} ${mtimeMs}`;
}

/** Whether what npm says it installed is what the lock file asks for, apart from what other platforms need. */
function isInstalled() {
  const installed = JSON.parse(text("node_modules", ".package-lock.json") || "{}").packages ?? {};
  const { "": own, ...locked } = JSON.parse(text("package-lock.json")).packages;
  const optional = Object.keys(own.optionalDependencies ?? {}).map((name) => `node_modules/${name}`);
  return Object.entries(locked).every(
    ([path, wanted]) =>
      (wanted.optional && !optional.includes(path) && !installed[path]) ||
      (installed[path]?.version === wanted.version && installed[path].integrity === wanted.integrity),
  );
}

function node(script, ...args) {
  run(script, process.execPath, {}, [at("node_modules", ...script.split("/")), ...args]);
}

/** Runs a command, with what it prints on our error output: the output belongs to the command that called us. */
function run(name, command, options, args = []) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], ...options });
  if (status !== 0) stop(`${name} failed${error ? `: ${error.message}` : ""}`);
}

function stop(message) {
  console.error(`smirnov: ${message}`);
  process.exit(1);
}

function isOlder(version, wanted) {
  const [major, minor] = version.split(".").map(Number);
  const [wantedMajor, wantedMinor] = wanted.split(".").map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
