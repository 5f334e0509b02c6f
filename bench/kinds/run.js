// npm run kinds [-- --markdown]: how often driftKind is right, on seeded histories of known kinds (generator.js), beside the
// exact Bayes classifier of the generator and change points with rules; how long it takes to know; and the same for scores
// of `compare`. Prints docs/drift-kinds.md between its markers, and writes it there with --markdown. Takes about a minute.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { driftKind } from "../../dist/bundle/monitor.js";
import { machine } from "../machine.js";
import { bayes } from "./ceiling.js";
import { comparedHistory, days, seasonalHistory, windowRows } from "./compared.js";
import { delayOf } from "./delays.js";
import { draw, kinds, referenceWindows, windows } from "./generator.js";
import { kindOfPartition } from "./partition.js";

const histories = 2000;
const nulls = 2000;
const replayed = 40;
const compared = 20;
const amplitudes = [2, 3, 5];
const labels = [...kinds, "undecided"];
const percent = (share) => (100 * share).toFixed(1);
const begin = performance.now();
const note = (text) => console.error(`${((performance.now() - begin) / 1000).toFixed(0)} s: ${text}`);

/** Share of ± one standard error. */
const withError = (share, count) => `${percent(share)} ± ${percent(Math.sqrt((share * (1 - share)) / count))}`;
const median = (values) => values.toSorted((x, y) => x - y)[values.length >> 1];
const shown = (value) => (value === Number.POSITIVE_INFINITY ? "never" : value === undefined ? "" : String(value));

function judged(amplitude, phi, seed) {
  const ceiling = bayes(amplitude, phi);
  const matrix = new Map(kinds.map((kind) => [kind, new Map(labels.map((label) => [label, 0]))]));
  const errors = { onset: [], width: [], duration: [], period: [], amplitude: [] };
  const right = { ours: 0, known: 0, partition: 0, ceiling: 0 };
  for (let k = 0; k < histories; k++) {
    const kind = kinds[k % kinds.length];
    const { scores, reference, shape } = draw(kind, amplitude, phi, seed + 7 * k);
    const found = driftKind(scores, phi === 0 ? {} : { reference });
    const row = matrix.get(kind);
    row.set(found.kind, row.get(found.kind) + 1);
    if (kindOfPartition(scores, phi) === kind) right.partition++;
    if (ceiling(scores) === kind) right.ceiling++;
    if (found.kind !== kind) continue;
    right.ours++;
    if (kind === "none") continue;
    for (const [name, truth] of Object.entries({ ...shape, amplitude }))
      if (name in errors && found[name] !== null) errors[name].push(Math.abs(found[name] - truth));
  }
  note(`${amplitude} σ, autocorrelation ${phi}`);
  return { amplitude, phi, matrix, right, errors };
}

const undecided = ({ matrix }) => [...matrix.values()].reduce((sum, row) => sum + row.get("undecided"), 0) / histories;

function falseLabels(phi, seed) {
  const found = Array.from({ length: nulls }, (_, k) => {
    const { scores, reference } = draw("none", 0, phi, seed + 7 * k);
    return driftKind(scores, phi === 0 ? {} : { reference }).kind;
  });
  const share = (...wanted) => found.filter((kind) => wanted.includes(kind)).length / nulls;
  return { phi, labelled: 1 - share("none", "undecided"), undecided: share("undecided") };
}

function accuracyTable(cells) {
  return [
    "| autocorrelation | amplitude | right | undecided | the best possible | change points and rules |",
    "|--:|--:|--:|--:|--:|--:|",
    ...cells.map(({ phi, amplitude, right, ...cell }) => {
      const share = (count) => percent(count / histories);
      return `| ${phi} | ${amplitude} σ | **${withError(right.ours / histories, histories)}** | ${percent(undecided(cell))} | ${share(right.ceiling)} | ${share(right.partition)} |`;
    }),
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

function delayTable(seed) {
  const rows = kinds.slice(1).map((kind) => {
    const cells = amplitudes.map((amplitude) => {
      const all = Array.from({ length: replayed }, (_, k) => delayOf(kind, amplitude, seed + 7 * k));
      return `${shown(median(all.map(({ noticed }) => noticed)))} / ${shown(median(all.map(({ told }) => told)))}`;
    });
    note(`delays, ${kind}`);
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
const cells = [0, 0.5].flatMap((phi, p) =>
  amplitudes.map((amplitude, k) => judged(amplitude, phi, 10_000_019 * (3 * p + k + 1))),
);
const unchanged = [falseLabels(0, 70_000_001), falseLabels(0.5, 80_000_001)];
note("unchanged histories");
const delays = delayTable(90_000_001);
const real = await comparedTable(20_000_003);
const seasonal = await seasonalTable(30_000_001);

const text = `${machine({ versions: "", why: [] }).join("  \n")}

### How often it is right

In percent of ${histories} histories of ${windows} windows, ± one standard error; a fifth of them are of each kind. \`undecided\` counts as
wrong. Autocorrelation 0 is known, 0.5 is estimated from ${referenceWindows} windows before the history. The best possible: the exact
Bayes classifier of the generator, which knows amplitude, autocorrelation and all ranges.

${accuracyTable(cells).join("\n")}

Labels other than none and undecided on ${nulls} histories in which nothing changes: ${unchanged.map(({ phi, labelled, undecided: open }) => `${withError(labelled, nulls)} % with autocorrelation ${phi} (undecided: ${percent(open)} %)`).join(", ")}.

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
