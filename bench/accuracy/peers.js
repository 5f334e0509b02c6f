// The peers: each takes the groups of tables and answers with its version and, per group, a value for every row, null
// where it has none, or null for the whole group. A peer that is not at hand is null itself.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

const numbersOf = (args) => args.filter((x) => typeof x === "number");
const asText = (x) => (Number.isFinite(x) ? String(x) : Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf");
const ofText = (text) =>
  text === "-" ? null : Number(text.replace(/^(-?)inf$/, "$1Infinity").replace(/^-?nan.*$/, "NaN"));

/** All null is as good as no function. */
const columnOf = (values) => (values.every((value) => value === null) ? null : values);

/** SciPy, by the script beside this file. */
export function scipy(groups) {
  const input = JSON.stringify(
    groups.map(({ group, rows }) => [group.function, rows.map(([args]) => numbersOf(args).map(asText))]),
  );
  const { status, stdout } = spawnSync("python3", [beside("./peer.py")], { input, encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) return null;
  const { version, values } = JSON.parse(stdout);
  return { version, values: values.map((column) => columnOf(column.map(ofText))) };
}

/** Boost.Math in plain double, by the program beside this file, where there are a C++ compiler and Boost's headers. */
export function boost(groups) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-"));
  try {
    const program = join(folder, "boost");
    const compiled = spawnSync("c++", ["-O2", "-std=c++14", "-o", program, beside("./boost.cpp")], { stdio: "ignore" });
    if (compiled.status !== 0) return null;
    const input = groups.map(({ group, rows }) =>
      [
        `${group.function} ${rows.length}`,
        ...rows.map(([args]) => args.map((x) => asText(typeof x === "number" ? x : Number.NaN)).join(" ")),
      ].join("\n"),
    );
    const { status, stdout } = spawnSync(program, [], {
      input: `${input.join("\n")}\n`,
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    if (status !== 0) return null;
    const [version, ...lines] = stdout.trimEnd().split("\n");
    const values = lines.map(ofText);
    return { version, values: groups.map(({ rows }) => columnOf(values.splice(0, rows.length))) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
