// npm run detectors [repetitions]: how long detectors run until they find something, by seeded simulation, without a change and
// with one. Writes docs/detectors.md between its two markers; takes about a minute.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cusumRunLength, detector, ewmaRunLength, shewhartRunLength } from "../dist/bundle/monitor.js";
import { normals, uniforms } from "./data.js";

/** Values after which a run without a drift is given up. */
const longest = 20_000;

/** Values without a change before one comes. */
const before = 300;

/** Streams by kind: the value of a change of so much. */
const streams = {
  scores: (seed) => {
    const next = normals(seed);
    return (shift) => next() + shift;
  },
  uniform: (seed) => {
    const next = uniforms(seed);
    return (shift) => (shift === 0 ? next() : Math.min(1, next() * (1 - shift) + shift));
  },
  errors: (seed) => {
    const next = uniforms(seed);
    return (shift) => Number(next() < 0.1 + shift);
  },
};

/** Lengths of runs without a change, each from the beginning. @returns their mean, its standard error, median, and the share given up */
export function runsOf(name, options, kind, repetitions, skip = 0) {
  const next = streams[kind](20261126);
  const lengths = [];
  for (let run = 0; run < repetitions; run++) {
    const one = detector(name, options);
    for (let k = 0; k < skip; k++) one.update(next(0));
    let length = 1;
    while (one.update(next(0)) !== "drift" && length < longest) length++;
    lengths.push(length);
  }
  const mean = lengths.reduce((sum, length) => sum + length, 0) / repetitions;
  const squares = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0);
  const ascending = lengths.toSorted((a, b) => a - b);
  const error = Math.sqrt(squares / (repetitions - 1) / repetitions);
  const givenUp = lengths.filter((length) => length === longest).length / repetitions;
  return { mean, error, median: ascending[Math.floor(repetitions / 2)], givenUp };
}

/** Values from a change on until it is found, where nothing was found before it: mean, and the share found within 5 000. */
export function delayOf(name, options, kind, shift, repetitions) {
  const next = streams[kind](20261127);
  let [sum, found, runs] = [0, 0, 0];
  while (runs < repetitions) {
    const one = detector(name, options);
    let alarmed = false;
    for (let k = 0; k < before && !alarmed; k++) alarmed = one.update(next(0)) === "drift";
    if (alarmed) continue;
    runs += 1;
    for (let k = 1; k <= 5000; k++) {
      if (one.update(next(shift)) !== "drift") continue;
      found += 1;
      sum += k;
      break;
    }
  }
  return { mean: sum / found, share: found / repetitions };
}

const digits = (x) => (x >= 100 ? x.toFixed(0) : x.toPrecision(3));
const runText = ({ mean, error, givenUp }) =>
  givenUp > 0.5 ? `> ${longest}` : `${givenUp > 0 ? "≥ " : ""}${digits(mean)} ± ${digits(error)}`;
const delayText = ({ mean, share }) =>
  share === 0 ? "not found" : share < 0.995 ? `${digits(mean)} (${Math.round(100 * share)} %)` : digits(mean);

const charts = [
  ["cusum", { falseAlarmEvery: 1000 }, ({ k, h }, shift) => cusumRunLength({ k, h, shift })],
  ["cusum", { falseAlarmEvery: 1000, k: 0.25 }, ({ k, h }, shift) => cusumRunLength({ k, h, shift })],
  [
    "pageHinkley",
    { falseAlarmEvery: 1000, delta: 0.25 },
    (s, shift) => cusumRunLength({ k: s.delta, h: s.threshold, shift }),
  ],
  ["ewma", { falseAlarmEvery: 1000 }, ({ lambda, limit }, shift) => ewmaRunLength({ lambda, limit, shift })],
  [
    "ewma",
    { falseAlarmEvery: 1000, lambda: 0.05 },
    ({ lambda, limit }, shift) => ewmaRunLength({ lambda, limit, shift }),
  ],
  ["shewhart", { falseAlarmEvery: 1000 }, ({ limit }, shift) => shewhartRunLength({ limit, shift })],
];

function calibratedTable(repetitions) {
  const rows = charts.map(([name, options, computed]) => {
    const settings = detector(name, options).state().options;
    const runs = runsOf(name, options, "scores", repetitions);
    const threshold = settings.h ?? settings.limit ?? settings.threshold;
    const delays = [0.5, 1, 2].map((shift) => {
      const { mean } = delayOf(name, options, "scores", shift, repetitions / 4);
      return `${digits(computed(settings, shift))} / ${digits(mean)}`;
    });
    return told([`\`${name}\``, textOf(options), threshold.toFixed(4), runText(runs), ...delays]);
  });
  return [
    "### Charts with `falseAlarmEvery: 1000`, on N(0, 1)",
    "",
    "Measured interval between false alarms ± standard error, and delays: computed from the beginning / measured for a change after",
    `${before} values.`,
    "",
    "| detector | options | threshold | false alarm every | 0.5 σ | 1 σ | 2 σ |",
    "|---|---|--:|--:|--:|--:|--:|",
    ...rows,
  ];
}

function warmUpTable(repetitions) {
  const kinds = [
    ["cusum", {}],
    ["ewma", { lambda: 0.1 }],
    ["shewhart", {}],
  ];
  const rows = kinds.map(([name, options]) => {
    const cells = [25, 50, 100, 300, 1000].map((warmUp) => {
      const given = { ...options, falseAlarmEvery: 500, warmUp };
      const { mean, median, givenUp } = runsOf(name, given, "scores", repetitions, warmUp);
      return `${givenUp > 0 ? "≥ " : ""}${digits(mean)} / ${digits(median)}`;
    });
    return told([`\`${name}\``, textOf(options), ...cells]);
  });
  return [
    "### What a warm-up does to `falseAlarmEvery: 500`, on N(0, 1)",
    "",
    "Mean / median of the run after the warm-up. With known mean and standard deviation they are 500 / 347.",
    "",
    "| detector | options | 25 values | 50 | 100 | 300 | 1 000 |",
    "|---|---|--:|--:|--:|--:|--:|",
    ...rows,
  ];
}

const natives = [
  ["adwin", {}],
  ["adwin", { variant: "river" }],
  ["pageHinkley", {}],
  ["pageHinkley", { alpha: 1, delta: 0.25, threshold: 20 }],
  ["kswin", {}],
  ["kswin", { alpha: 0.0001 }],
  ["incrementalKs", {}],
  ["incrementalKs", { against: "previous" }],
];
const onErrors = [
  ["ddm", {}],
  ["eddm", {}],
  ["hddmA", {}],
  ["hddmA", { direction: "both" }],
  ["hddmW", {}],
  ["hddmW", { variant: "river" }],
  ["adwin", { low: 0, high: 1 }],
];

function nativeTable(title, detectors, kind, shifts, heads, repetitions) {
  const rows = detectors.map(([name, options]) => {
    const runs = runsOf(name, options, kind, repetitions);
    const delays = shifts.map((shift) => delayText(delayOf(name, options, kind, shift, repetitions)));
    return told([`\`${name}\``, textOf(options), runText(runs), ...delays]);
  });
  return [
    `### ${title}`,
    "",
    `Runs are given up after ${longest} values; delays are of a change after ${before} values, with the share found within 5 000 where`,
    "that is not all.",
    "",
    `| detector | options | false alarm every | ${heads.join(" | ")} |`,
    `|---|---|--:|${heads.map(() => "--:|").join("")}`,
    ...rows,
  ];
}

const textOf = (options) =>
  Object.entries(options)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

function told(cells) {
  const row = `| ${cells.join(" | ")} |`;
  console.log(row);
  return row;
}

function main(repetitions = 2000) {
  const few = Math.max(2, repetitions / 20);
  const text = [
    ...calibratedTable(repetitions),
    "",
    ...warmUpTable(repetitions / 2),
    "",
    ...nativeTable("Native parameters, on N(0, 1)", natives, "scores", [0.5, 1, 2], ["0.5 σ", "1 σ", "2 σ"], few),
    "",
    ...nativeTable(
      "Native parameters, on errors with rate 0.1",
      onErrors,
      "errors",
      [0.05, 0.1, 0.3],
      ["0.15", "0.2", "0.4"],
      few,
    ),
    "",
    ...nativeTable(
      "Native parameters, on uniform numbers from 0 to 1",
      [
        ["hddmA", {}],
        ["hddmW", {}],
        ["adwin", {}],
      ],
      "uniform",
      [0.1, 0.2, 0.4],
      ["mean + 0.05", "+ 0.1", "+ 0.2"],
      few,
    ),
  ].join("\n");
  const path = fileURLToPath(new URL("../docs/detectors.md", import.meta.url));
  const [start, end] = ["<!-- run lengths -->", "<!-- end of run lengths -->"];
  const [head, rest] = readFileSync(path, "utf8").split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`detectors: docs/detectors.md has no ${start} … ${end}`);
  writeFileSync(path, `${head}${start}\n\n${text}\n\n${end}${after}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(Number(process.argv[2] ?? 2000));
