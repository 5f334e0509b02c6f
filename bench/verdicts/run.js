// npm run verdicts [share of the repetitions]: how often `compare` calls a drift, with and without one, beside the rules of
// preset `evidently`. Seeded simulation; writes docs/verdicts.md. Takes about forty minutes on two cores.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { alarmTable, columnTable, dependentTable, detectionTable } from "./page.js";
import { columns, none, referenceRows, tableChanges, windowSizes } from "./scenarios.js";
import { runJobs } from "./workers.js";

const share = Number(process.argv[2] ?? 1);
const many = (repetitions) => Math.max(Math.round(repetitions * share), 2);
const repetitionsOf = (size) => many(size >= 1_000_000 ? 100 : 1000);
/** Unchanged tables are judged by the first rule, and the first of them by all. */
const tablesOf = ({ size, change }) => many(change !== none ? 200 : size >= 1_000_000 ? 50 : 1000);
const tablesOfAll = (size) => many(size >= 1_000_000 ? 25 : 300);

const rules = [{}, { preset: "evidently" }];
const names = ["Smirnov", "Evidently"];
const dependentRules = [{}, { blocks: true }, { preset: "evidently" }];
const dependentNames = ["Smirnov", "Smirnov with `blocks`", "Evidently"];
/** Unchanged tables may alarm this often where the rules are compared. */
const equalShare = 0.01;

const singles = Object.entries(columns).flatMap(([kind, { changes }]) =>
  [none, ...changes].flatMap((change) => windowSizes.map((size) => ({ kind, change, size }))),
);
const dependents = windowSizes.map((size) => ({ kind: "autocorrelated", change: none, size, rules: dependentRules }));
const unchanged = windowSizes.map((size) => ({ table: true, change: none, size }));
const changed = tableChanges.flatMap(({ sizes, ...change }) => sizes.map((size) => ({ table: true, change, size })));

/** A job of many tables is cut into pieces, so that all workers end together. */
const piece = 25;
const jobs = [];
const placeOf = new Map();
for (const [index, cell] of [...unchanged, ...changed, ...dependents, ...singles].entries()) {
  const seed = 1_000_003 * (index + 1);
  const total = cell.table ? tablesOf(cell) : repetitionsOf(cell.size);
  placeOf.set(cell, []);
  for (let from = 0; from < total; from += cell.table ? piece : total) {
    placeOf.get(cell).push(jobs.length);
    const repetitions = cell.table ? Math.min(piece, total - from) : total;
    const some = cell.table && cell.change === none && from >= tablesOfAll(cell.size) ? rules.slice(0, 1) : rules;
    jobs.push({ rules: some, ...cell, repetitions, seed: seed + 2 * from });
  }
}

const begin = performance.now();
const found = await runJobs(jobs, ({ kind = "table", change, size }, done) => {
  const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
  console.error(`${done}/${jobs.length} (${minutes} min): ${kind}, ${change.name}, ${size} rows`);
});

const single = (cell) => ({ ...cell, found: found[placeOf.get(cell)[0]] });
const table = (cell) => {
  const pieces = placeOf.get(cell).map((place) => found[place]);
  return { ...cell, records: rules.map((_, r) => pieces.flatMap((one) => one[r] ?? [])) };
};
const cells = singles.map(single).map((cell, _, all) => {
  const null_ = all.find(
    ({ kind, size, change }) => kind === cell.kind && size === cell.size && change.name === "none",
  );
  return { ...cell, falseAlarms: null_.found.drifted[1] };
});
const before = unchanged.map(table);

const page = `# Verdicts

How often \`compare\` calls a drift: with its defaults, and with preset \`evidently\` (the defaults of Evidently 0.7). In percent
of seeded repetitions, ± one standard error; reference (${referenceRows} rows) and window are drawn anew each time. Written by
\`npm run verdicts\`; the columns and changes are defined in \`bench/verdicts/scenarios.js\`. For both a column drifted when it
says so (Smirnov: severity drift).

## One column

A table of one column. "15 points moved": 15 % of the rows move from the most frequent category to the second (or from values
to null). Where Evidently alarms on more than 5 % of unchanged windows its detection is no measure. Not worse: the difference
of the detection rates is at least −2 standard errors (paired).

${columnTable(cells).join("\n")}

## Tables of 100 columns

40 normal, 25 lognormal, 15 of 3 values, 15 of 1000 categories, 5 with null, NaN and ∞. Share of unchanged tables of which at
least one column is called drifted:

${alarmTable(before, names).join("\n")}

Share of changed tables that are noticed when both rules are set to alarm on ${100 * equalShare} % of the unchanged tables (Smirnov by
its level, Evidently by its thresholds, in proportion):

${detectionTable(before, changed.map(table), names, equalShare).join("\n")}

## Rows that depend on each other

A normal column whose neighbouring rows have a correlation of 0.5, unchanged:

${dependentTable(dependents.map(single), dependentNames).join("\n")}
`;
if (share === 1) writeFileSync(fileURLToPath(new URL("../../docs/verdicts.md", import.meta.url)), page);
console.log(page);
