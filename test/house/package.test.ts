/** The package as its users get it: packed, installed in an empty folder, imported, run and compiled against. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command, filesIn, run, text, tool } from "./repository.ts";

const description = JSON.parse(text("package.json"));
const [aDependency = ""] = Object.keys(description.dependencies);
// A space in the path, as on many people's machines.
const folder = mkdtempSync(join(realpathSync(tmpdir()), "smirnov package "));
const consumer = join(folder, "consumer");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const probe = ["view", aDependency, "version", "--fetch-retries=0", "--fetch-timeout=10000"];
const [pack, online] = await Promise.all([
  command("npm", ["pack", "--ignore-scripts", "--json", "--loglevel=error", "--pack-destination", folder]),
  command("npm", probe, folder).then(({ status }) => status === 0),
]);
// One package in a list, or by its name in newer npm.
const [packed] = pack.status === 0 ? Object.values<Packed>(JSON.parse(pack.output)) : [];
const tarball = join(folder, packed?.filename ?? "");

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

describe.concurrent("the package", () => {
  it("holds what was built, and no sources, tests or build notes", ({ expect }) => {
    const files = packed?.files.map(({ path }) => path) ?? [];
    const needed = [
      "LICENSE",
      "README.md",
      "dist/bundle/kernels.wasm",
      "dist/bundle/index.js",
      "dist/types/index.d.ts",
      ...["overview", "column", "model-quality", "operations"].map((name) => `docs/grafana/${name}.json`),
      ...["alerts", "prometheus"].map((name) => `docs/prometheus/${name}.yml`),
      ...["service", "suite"].map((name) => `docs/${name}.schema.json`),
    ];
    expect(
      needed.filter((file) => !files.includes(file)),
      pack.errors,
    ).toEqual([]);
    const built = filesIn("src", ".ts").map((file) => file.replace(/^src(.*)\.ts$/, "dist/types$1.d.ts"));
    const strangers = files.filter((file) => !built.includes(file) && !/^dist\/bundle\/[\w-]+\.js$/.test(file));
    const engine = ["dist/engine/kernels.d.ts", "dist/bundle/kernels.wasm", "dist/bundle/thread.cjs"];
    const licences = "dist/bundle/THIRD-PARTY-LICENSES";
    const others = [licences, "dist/bundle/demo-flights.csv", "LICENSE", "README.md", "package.json", ...engine];
    expect(strangers.filter((file) => ![...others, ...needed].includes(file))).toEqual([]);
  });

  it("names the licences of what is bundled", ({ expect }) => {
    const licences = text("dist/bundle/THIRD-PARTY-LICENSES");
    for (const name of ["d3-array", "d3-scale", "d3-shape", "d3-time"]) {
      expect(licences).toMatch(new RegExp(`^${name}\\n\\nCopyright .* Mike Bostock`, "m"));
    }
    expect(filesIn("dist/bundle", ".js").filter((file) => /from ["'](d3-|internmap)/.test(text(file)))).toEqual([]);
  });

  it("takes less than four megabytes", ({ expect }) => {
    expect(packed?.unpackedSize).toBeLessThan(4_000_000);
  });

  it("has nothing that publint complains of", async ({ expect }) => {
    const { status, output, errors } = await tool("publint/src/cli.js", ["run", tarball, "--strict"]);
    expect(status, output + errors).toBe(0);
    expect(output).toContain("All good!");
  });

  it("has types that every ESM resolver finds", async ({ expect }) => {
    const arguments_ = [tarball, "--profile", "esm-only", "--format", "ascii", "--no-definitely-typed"];
    const { status, output, errors } = await tool("@arethetypeswrong/cli/dist/index.js", arguments_);
    expect(status, output + errors).toBe(0);
  });
});

describe.skipIf(!online)("the installed package (needs the network)", () => {
  beforeAll(async () => {
    mkdirSync(consumer);
    writeFileSync(join(consumer, "package.json"), '{ "private": true, "type": "module" }');
    const settings = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
    expect(await command("npm", ["install", ...settings, tarball], consumer)).toMatchObject({ status: 0 });
  });

  it("computes", async () => {
    const script = `
      import { ksTest } from "smirnov";
      console.log(ksTest([1, 2, 3, 4], Float64Array.of(3, 4, 5, 6)).statistic);`;
    expect(await evaluate(script)).toEqual({ status: 0, output: "0.5\n", errors: "" });
  });

  it("can be imported by each of its names", async () => {
    const names = Object.keys(description.exports).filter((name) => !name.endsWith(".json"));
    const script = names.map((name) => `await import("smirnov${name.slice(1)}");`).join("\n");
    expect(await evaluate(script)).toEqual({ status: 0, output: "", errors: "" });
  });

  it("tells on the command line how it is used", async () => {
    const { status, output, errors } = await command(join(consumer, "node_modules", ".bin", "smirnov"), ["--help"]);
    expect(status, errors).toBe(0);
    expect(output).toMatch(/smirnov compare/);
  });

  it("has types that a strict compiler takes, without a browser's and without Node's", async () => {
    const types = { types: [], lib: ["es2023"], module: "nodenext", target: "es2023", noEmit: true };
    const compilerOptions = { ...types, strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false };
    writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
    writeFileSync(join(consumer, "program.ts"), program);
    const { status, output } = await tool("typescript/bin/tsc", ["-p", ".", "--pretty", "false"], consumer);
    expect({ status, output }).toEqual({ status: 0, output: "" });
  });
});

const evaluate = (script: string) => run(process.execPath, ["--input-type=module", "--eval", script], consumer);

const program = `
import { compare, ksTest, prepare, readTable } from "smirnov";

const trained = prepare(Float64Array.of(1, 2, 3));
const { statistic, pValue } = ksTest(trained, [4, null, 6]);
export const numbers: (number | null)[] = [statistic, pValue];

const report = await compare(await readTable("reference.arrow"), await readTable("current.csv"));
export const drifted: string[] = Object.keys(report.columns).filter((name) => report.columns[name]?.drifted);

// @ts-expect-error a column is no text
ksTest("reference", "current");
`;
