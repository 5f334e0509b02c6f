/** Runs the built command as a shell would, on files made here. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { afterAll } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs `smirnov` with `words`, and `input` as its standard input. */
export function smirnov(
  words: readonly string[],
  environment: Record<string, string> = {},
  input: Uint8Array = new Uint8Array(0),
): Promise<Outcome> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [main, ...words], { env: { PATH, ...environment } });
  child.stdin.on("error", () => {}); // it may not be read
  child.stdin.end(input);
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output, errors }));
  });
}

/** Runs `smirnov` with nobody reading its output. */
export function smirnovUnread(words: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [main, ...words]);
  child.stdout.destroy();
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, output: "", errors })));
}

/** A folder that is removed after the tests, and the paths of files written into it. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return { folder, write };
}

export type Columns = Readonly<Record<string, readonly (number | string | Date)[]>>;

export function csvOf(columns: Columns): string {
  const names = Object.keys(columns);
  const rows = Object.values(columns)[0]?.map((_, row) => names.map((name) => columns[name]?.[row]).join(",")) ?? [];
  return [names.join(","), ...rows, ""].join("\n");
}

export function arrowOf(columns: Columns): Uint8Array {
  return tableToIPC(tableFromArrays(columns as Record<string, unknown[]>), "file");
}

/** Columns of which the first `shifted` ones move when `by` is not 0. */
export function columnsOf({ rows = 400, shifted = ["price"], by = 0, seed = 1 } = {}): Record<string, number[]> {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Object.fromEntries(
    ["price", "weight", "age"].map((name) => [
      name,
      Array.from({ length: rows }, () => random() + (shifted.includes(name) ? by : 0)),
    ]),
  );
}
