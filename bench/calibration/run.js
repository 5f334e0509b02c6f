// npm run calibration [repetitions]: how often each test rejects under its null hypothesis and under a change, by seeded
// simulation, and how far KS's laws are from the exact one. Writes docs/methods.md between its two markers; takes some
// ten minutes.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as exported from "../../dist/bundle/index.js";
import { normals, sample } from "../data.js";
import { changes, nulls, powerTests } from "./cases.js";
import { ksLaws } from "./ks-laws.js";

/** By name. */
const smirnov = { ...exported };
const levels = [0.1, 0.05, 0.01, 0.001];

/** Share of repetitions with p at or below each level, and whether the level is kept within 3 standard errors. */
export function calibrate({ test, draw, options = {}, continuous = false }, repetitions) {
  const rejected = levels.map(() => 0);
  for (let seed = 1; seed <= repetitions; seed++) {
    const { pValue } = smirnov[test](...draw(seed * 7919), options);
    for (let k = 0; k < levels.length; k++) if (pValue <= levels[k]) rejected[k]++;
  }
  const shares = rejected.map((count) => count / repetitions);
  const band = (level) => 3 * Math.sqrt((level * (1 - level)) / repetitions);
  const above = levels.filter((level, k) => shares[k] > level + band(level));
  const below = levels.filter((level, k) => continuous && shares[k] < level - band(level));
  return { shares, above, below };
}

/** The cases whose test the package exports. */
export const cases = nulls.filter(({ test }) => test in smirnov);

const percent = (share) => `${Number((100 * share).toPrecision(3))}`;

function nullTable(repetitions) {
  const rows = cases.map((given) => {
    const { shares, above, below } = calibrate(given, repetitions);
    const verdict =
      above.length > 0
        ? `above at ${above.join(", ")}${given.fails ? ": not for such data" : ""}`
        : below.length > 0
          ? `below at ${below.join(", ")}`
          : "kept";
    const row = `| \`${given.test}\` | ${given.data} | ${shares.map(percent).join(" | ")} | ${verdict} |`;
    console.log(row);
    return row;
  });
  return [
    "### Under the null hypothesis",
    "",
    `Share of ${repetitions} seeded repetitions with p ≤ α, in percent. Kept: at most α + 3 standard errors, and for tests`,
    "with a continuous p-value at least α − 3. Tests on ranks of few values or ties have few attainable p-values and stay",
    "below α.",
    "",
    `| test | data | ${levels.map((level) => `${100 * level} %`).join(" | ")} | level |`,
    "|---|---|--:|--:|--:|--:|---|",
    ...rows,
  ];
}

function powerTable(repetitions) {
  const tests = powerTests.filter((test) => test in smirnov);
  const rows = tests.map((test) => {
    const cells = changes.map(({ shift, scale }) => {
      let rejected = 0;
      for (let seed = 1; seed <= repetitions; seed++) {
        const next = normals(seed * 104729);
        const reference = sample(50, next);
        if (
          smirnov[test](
            reference,
            sample(50, () => shift + scale * next()),
          ).pValue <= 0.05
        )
          rejected++;
      }
      return percent(rejected / repetitions);
    });
    return `| \`${test}\` | ${cells.join(" | ")} |`;
  });
  return [
    "### Power",
    "",
    `Share of ${repetitions} repetitions in which 50 values of N(0, 1) against 50 changed ones give p ≤ 0.05, in percent.`,
    "",
    `| test | ${changes.map(({ name }) => name).join(" | ")} |`,
    `|---|${changes.map(() => "--:|").join("")}`,
    ...rows,
  ];
}

function main(repetitions = 20_000) {
  const text = [...nullTable(repetitions), "", ...powerTable(repetitions / 10), "", ...ksLaws()].join("\n");
  const path = fileURLToPath(new URL("../../docs/methods.md", import.meta.url));
  const [start, end] = ["<!-- calibration -->", "<!-- end of calibration -->"];
  const page = readFileSync(path, "utf8");
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`calibration: docs/methods.md has no ${start} … ${end}`);
  writeFileSync(path, `${before}${start}\n\n${text}\n\n${end}${after}`);
  console.log(text.slice(text.indexOf("### Power")));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(Number(process.argv[2] ?? 20_000));
