// npm run kinds [-- --markdown]: how often driftKind is right, on seeded histories of known kinds (generator.js), beside the
// exact Bayes classifier of the generator and change points with rules; how long it takes to know; and the same for scores
// of `compare` and of windows that slide. Prints docs/drift-kinds.md between its markers, and writes it there with --markdown.
// Takes about two minutes of two idle cores.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { driftKind } from "../../dist/bundle/monitor.js";
import { machine } from "../machine.js";
import { atOnce } from "./at-once.js";
import { comparedHistory, days, seasonalHistory, windowRows } from "./compared.js";
import { draw, kinds, onsets, referenceWindows, windows } from "./generator.js";
import { labels } from "./jobs.js";

/** Of our range of the onset, and of others beside it. */
const histories = 15_000;
const beside = 3000;
const nulls = 3000;
/** Of each range, for the ceiling that chose it. */
const ceilings = 5000;
/** The best possible of independent noise at 2 and 3 σ that the range of the onset was asked to have, in percent. */
const asked = [90.8, 96.9];
const replayed = 40;
const compared = 20;
const amplitudes = [2, 3, 5];
const percent = (share) => (100 * share).toFixed(1);
const begin = performance.now();
const note = (text) => console.error(`${((performance.now() - begin) / 1000).toFixed(0)} s: ${text}`);

/** Share of ± one standard error. */
const withError = (share, count) => `${percent(share)} ± ${percent(Math.sqrt((share * (1 - share)) / count))}`;
const median = (values) => values.toSorted((x, y) => x - y)[values.length >> 1];
const shown = (value) => (value === Number.POSITIVE_INFINITY ? "never" : value === undefined ? "" : String(value));

const meanOf = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const errorOf = (values) => Math.sqrt((meanOf(values.map((x) => x * x)) - meanOf(values) ** 2) / values.length);
const undecided = ({ matrix, histories: count }) =>
  [...matrix.values()].reduce((sum, row) => sum + row.get("undecided"), 0) / count;

const cellsOf = (range, count, seed) =>
  [0, 0.5].flatMap((phi, p) =>
    amplitudes.map((amplitude, k) => ({
      amplitude,
      phi,
      onsets: range,
      histories: count,
      seed: seed * (3 * p + k + 1),
    })),
  );

function accuracyTable(cells) {
  return [
    "| autocorrelation | amplitude | right | undecided | the best possible | change points and rules |",
    "|--:|--:|--:|--:|--:|--:|",
    ...cells.map((cell) => {
      const { phi, amplitude, right, ceiling } = cell;
      return `| ${phi} | ${amplitude} σ | **${withError(right.ours / histories, histories)}** | ${percent(undecided(cell))} | ${percent(meanOf(ceiling))} ± ${percent(errorOf(ceiling))} | ${percent(right.partition / histories)} |`;
    }),
  ];
}

/** What is right, and the best possible, for ranges of the onset. */
function rangesTable(cells) {
  const found = new Map(
    cells.map(({ onsets: range }) => [range.join(" to "), cells.filter((one) => String(one.onsets) === String(range))]),
  );
  return [
    `| onset | ${[0, 0.5].flatMap((phi) => amplitudes.map((amplitude) => `${phi}, ${amplitude} σ`)).join(" | ")} |`,
    `|---|${cells
      .slice(0, 6)
      .map(() => "--:|")
      .join("")}`,
    ...[...found].map(
      ([range, some]) =>
        `| ${range} | ${some.map(({ right, histories: count, ceiling }) => `${withError(right.ours / count, count)} of ${percent(meanOf(ceiling))}`).join(" | ")} |`,
    ),
  ];
}

/** The best possible of independent noise at 2 and 3 σ, by range of the onset, and how far that is from what is asked. */
async function ceilingsTable(seed) {
  const ranges = [10, 11, 12, 13, 14, 15].map((first) => [first, windows - first]);
  const all = ranges.flatMap((range) =>
    [2, 3].map((amplitude) => ({ amplitude, onsets: range, seed, histories: ceilings })),
  );
  const found = await atOnce("best", all, ({ amplitude, onsets: range }) =>
    note(`the best possible, ${amplitude} σ, onsets ${range}`),
  );
  const rows = ranges.map((range, k) => {
    const both = found.slice(2 * k, 2 * k + 2).map((one) => one.all);
    const distance = Math.hypot(...both.map((values, j) => 100 * meanOf(values) - asked[j]));
    return `| ${range.join(" to ")} | ${both.map((values) => `${(100 * meanOf(values)).toFixed(2)} ± ${(100 * errorOf(values)).toFixed(2)}`).join(" | ")} | ${distance.toFixed(2)} |`;
  });
  return ["| onset | 2 σ | 3 σ | distance |", "|---|--:|--:|--:|", ...rows];
}

function slidingTable(rows) {
  return [
    `| panes | windows | looked at | labels where nothing changes | undecided | ${kinds.slice(1).join(" | ")} |`,
    `|--:|--:|---|--:|--:|${kinds
      .slice(1)
      .map(() => "--:|")
      .join("")}`,
    ...rows.map(
      ({ panes, count, apart, nulls: size, labelled, undecided: open, right }) =>
        `| ${panes} | ${count} | ${apart ? "those apart" : "all"} | ${withError(labelled / size, size)} | ${percent(open / size)} | ${right.map((share) => (100 * share).toFixed(0)).join(" | ")} |`,
    ),
  ];
}

function matrixTable({ phi, amplitude, matrix }) {
  return [
    "",
    `${amplitude} σ, autocorrelation ${phi}:`,
    "",
    `| drawn | ${labels.join(" | ")} |`,
    `|---|${labels.map(() => "--:|").join("")}`,
    ...kinds.map(
      (kind) =>
        `| ${kind} | ${labels.map((label) => percent(matrix.get(kind).get(label) / (histories / kinds.length))).join(" | ")} |`,
    ),
  ];
}

function errorTable(cells) {
  const names = ["onset", "width", "duration", "period", "amplitude"];
  return [
    `| autocorrelation | amplitude | ${names.join(" | ")} |`,
    `|--:|--:|${names.map(() => "--:|").join("")}`,
    ...cells.map(
      ({ phi, amplitude, errors }) =>
        `| ${phi} | ${amplitude} σ | ${names.map((name) => Number((median(errors[name]) ?? 0).toFixed(2))).join(" | ")} |`,
    ),
  ];
}

async function delayTable(seed) {
  const drifts = kinds.slice(1);
  const all = drifts.flatMap((kind) => amplitudes.map((amplitude) => ({ kind, amplitude, seed, histories: replayed })));
  const found = await atOnce("delays", all, ({ kind, amplitude }) => note(`delays, ${kind}, ${amplitude} σ`));
  const rows = drifts.map((kind) => {
    const cells = found
      .filter((one) => one.kind === kind)
      .map((one) => ["noticed", "told"].map((name) => shown(median(one.all.map((delay) => delay[name])))).join(" / "));
    return `| ${kind} | ${cells.join(" | ")} |`;
  });
  return [
    `| kind | ${amplitudes.map((amplitude) => `${amplitude} σ`).join(" | ")} |`,
    `|---|${amplitudes.map(() => "--:|").join("")}`,
    ...rows,
  ];
}

async function comparedTable(seed) {
  const cases = [
    ...[0.15, 0.3, 1].flatMap((shift) => [0, 0.25].map((spread) => ({ shift, spread, referenceRows: 5000 }))),
    { shift: 0.3, spread: 0, referenceRows: windowRows },
  ];
  const rows = [];
  for (const one of cases) {
    const options = { level: 0.4 * Math.sqrt(windowRows / one.referenceRows) };
    const cells = [];
    for (const kind of kinds) {
      let right = 0;
      for (let k = 0; k < compared; k++) {
        const { scores } = await comparedHistory({ kind, ...one }, seed + 7 * k);
        if (driftKind(scores, options).kind === kind) right++;
      }
      cells.push(right);
    }
    note(`scores of compare, ${one.shift}`);
    rows.push(`| ${one.shift} | ${percent(one.spread)} | ${one.referenceRows} | ${cells.join(" | ")} |`);
  }
  return [
    `| shift | spread | reference | ${kinds.join(" | ")} |`,
    `|--:|--:|--:|${kinds.map(() => "--:|").join("")}`,
    ...rows,
  ];
}

async function seasonalTable(seed) {
  const { period } = days;
  const rows = [];
  for (const kind of ["instantaneous", "temporary", "periodic"]) {
    const right = [0, 0];
    for (let k = 0; k < compared; k++) {
      const { scores, seasonal } = await seasonalHistory(kind, 0.12, seed + 7 * k);
      if (driftKind(scores, { period }).kind === kind) right[0]++;
      if (driftKind(scores, { period, seasonal }).kind === kind) right[1]++;
    }
    rows.push(`| ${kind} | ${right[0]} | ${right[1]} |`);
  }
  note("windows against those a period ago");
  return ["| kind | without | with |", "|---|--:|--:|", ...rows];
}

/** Minimum and median of the milliseconds a call takes. */
function times() {
  const rows = [80, 200].flatMap((length) =>
    [
      ["nothing, autocorrelation given", 0, {}],
      ["a step of 3 σ, autocorrelation given", 3, {}],
      ["nothing, autocorrelation estimated", 0, { reference: true }],
      ["a step of 3 σ, autocorrelation estimated", 3, { reference: true }],
    ].map(([name, height, { reference }]) => {
      const milliseconds = Array.from({ length: 120 }, (_, k) => {
        const { reference: before } = draw("none", 0, 0, 31 * k);
        const scores = Float64Array.from(
          { length },
          (_, t) => draw("none", 0, 0, 31 * k + 7 * (t >> 6)).scores[t % 64] + (t >= length / 2 ? height : 0),
        );
        const started = performance.now();
        driftKind(scores, reference ? { reference: before } : {});
        return performance.now() - started;
      }).slice(20);
      return `| ${length} | ${name} | ${Math.min(...milliseconds).toFixed(2)} | ${median(milliseconds).toFixed(2)} |`;
    }),
  );
  return ["| windows | history | least | median |", "|--:|---|--:|--:|", ...rows];
}

const timed = times();
const named = ({ amplitude, phi, onsets: range }) => note(`${amplitude} σ, autocorrelation ${phi}, onsets ${range}`);
const cells = await atOnce("judged", cellsOf(onsets, histories, 10_000_019), named);
const others = await atOnce(
  "judged",
  [...cellsOf([10, 70], beside, 11_000_027), ...cellsOf([15, 65], beside, 12_000_017)],
  named,
);
const unchanged = await atOnce(
  "unchanged",
  [
    { phi: 0, seed: 70_000_001 },
    { phi: 0.5, seed: 80_000_001 },
    ...[10, 20, 40].map((size) => ({ phi: 0, seed: 75_000_001, windows: size })),
  ].map((one) => ({ histories: nulls, windows, ...one })),
  ({ windows: size }) => note(`unchanged histories of ${size} windows`),
);
const slid = await atOnce(
  "sliding",
  [
    [2, 80],
    [4, 80],
    [10, 80],
    [10, 200],
  ].flatMap(([panes, count]) =>
    [false, true].map((apart) => ({ panes, count, apart, seed: 60_000_011, nulls: 2000, histories: 200 })),
  ),
  ({ panes, count }) => note(`windows of ${panes} panes, ${count} of them`),
);
const delays = await delayTable(90_000_001);
const ceilingOf = await ceilingsTable(95_000_003);
const real = await comparedTable(20_000_003);
const seasonal = await seasonalTable(30_000_001);

const text = `${machine({ versions: "", why: [] }).join("  \n")}

### How often it is right

In percent of ${histories} histories of ${windows} windows, onset ${onsets.join(" to ")}, ± one standard error; a fifth of them are of each kind.
\`undecided\` counts as wrong. Autocorrelation 0 is known, 0.5 is estimated from ${referenceWindows} windows before the history. The best
possible: the exact Bayes classifier of the generator, which knows amplitude, autocorrelation and all ranges; the mean probability
of its answer, on every third history.

${accuracyTable(cells).join("\n")}

Labels other than none and undecided on ${nulls} histories in which nothing changes:

| windows | autocorrelation | labels | undecided |
|--:|--:|--:|--:|
${unchanged.map(({ windows: size, phi, labelled, undecided: open }) => `| ${size} | ${phi} | ${withError(labelled / nulls, nulls)} | ${percent(open / nulls)} |`).join("\n")}

### Other ranges of the onset

Right in percent of ${beside} histories, of the best possible, by autocorrelation and amplitude:

${rangesTable(others).join("\n")}

The best possible at autocorrelation 0, by which the range was chosen, of ${ceilings} histories each, ± one standard error; distance: from
${asked.join(" and ")}, in the plane.

${ceilingOf.join("\n")}

### What is taken for what

In percent of the histories of a kind.
${cells.flatMap(matrixTable).join("\n")}

### Numbers

Median absolute error where the kind was right; in windows, and of the amplitude in σ. A ramp that goes on at the end is
told by what it has reached, which counts as an error here.

${errorTable(cells).join("\n")}

### How long it takes

Windows from the onset (of a rhythm: from the first window) until a drift was noticed / until its kind was told, both for good:
medians of ${replayed} histories replayed window by window, autocorrelation 0. A temporary drift can be told when it is over: 3 to 20
windows after its onset. 1: with the first window that changed.

${delays.join("\n")}

### Scores of \`compare\`

Right ones of ${compared} histories of a column of normal numbers (standard deviation 1), ${windowRows} rows a window, whose mean moves by
\`shift\` times the shape, ± \`spread\` percent from window to window; \`level\` is 0.4 √(rows of a window / rows of the reference).

${real.join("\n")}

### Windows that slide

Two-sided p-values of means, against a fixed reference of 10 windows: labels other than none and undecided in percent of 2000 histories
in which nothing changes, and right ones in percent of 200 of each kind, 4 σ, over the whole history. All windows, with the
correlation of neighbours told; or those apart, as a monitor does it, which share no row.

${slidingTable(slid).join("\n")}

### Windows against those a period ago

Right ones of ${compared} histories of ${days.windows} windows with a period of ${days.period}, shift 0.12, without and with the scores of each window
against the one a period ago (\`seasonal\`).

${seasonal.join("\n")}

### What a call takes

Milliseconds.

${timed.join("\n")}`;

console.log(text);
if (process.argv.includes("--markdown")) {
  const path = fileURLToPath(new URL("../../docs/drift-kinds.md", import.meta.url));
  const [start, end] = ["<!-- kinds -->", "<!-- end of kinds -->"];
  const [before, rest] = readFileSync(path, "utf8").split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`kinds: docs/drift-kinds.md has no ${start} … ${end}`);
  writeFileSync(path, `${before}${start}\n\n${text}\n\n${end}${after}`);
}
note("done");
