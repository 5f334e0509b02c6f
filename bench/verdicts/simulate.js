// One worker: draws and judges what it is told to. Every draw has a seed of its own, so that results do not depend on
// which worker drew what.
import { parentPort } from "node:worker_threads";
import { compare } from "../../dist/bundle/index.js";
import { autocorrelated, columns, drawTable, none, referenceRows } from "./scenarios.js";

const kinds = { ...columns, autocorrelated };

/** How often each rule calls a drift of a table of one column, and how often only one of two does. */
async function columnRates({ kind, size, change, repetitions, rules, seed }) {
  const { draw } = kinds[kind];
  const drifted = rules.map(() => 0);
  const onlyFirst = rules.map(() => 0);
  const onlyOther = rules.map(() => 0);
  for (let k = 0; k < repetitions; k++) {
    const reference = { x: draw(referenceRows, seed + 4 * k, none) };
    const current = { x: draw(size, seed + 4 * k + 2, change) };
    let first = false;
    for (const [r, options] of rules.entries()) {
      const report = await compare(reference, current, options);
      const found = report.columns.x.drifted;
      if (r === 0) first = found;
      if (found) drifted[r]++;
      if (first && !found) onlyFirst[r]++;
      if (found && !first) onlyOther[r]++;
    }
  }
  return { repetitions, drifted, onlyFirst, onlyOther };
}

/** What the rules make of tables of 100 columns: of each table and column the p-value and the effect over its threshold. */
async function tableRecords({ size, change, repetitions, rules, seed }) {
  const records = rules.map(() => []);
  for (let k = 0; k < repetitions; k++) {
    const reference = drawTable(referenceRows, seed + 2 * k, none);
    const current = drawTable(size, seed + 2 * k + 1, change);
    for (const [r, options] of rules.entries()) {
      const report = await compare(reference, current, options);
      records[r].push(Object.values(report.columns).map(recordOf));
    }
  }
  return records;
}

/** Both signals of a column can be the one behind a drift; the one that counts is in the report. */
function recordOf({ pValue, effect, threshold, drifted, effects, availability }) {
  const all = [...effects, ...(availability?.effect ? [availability.effect] : [])];
  const ratio = Math.max(...all.map((one) => (one.value ?? 0) / one.threshold), (effect ?? 0) / (threshold || 1));
  return { p: pValue, ratio, drifted };
}

parentPort.on("message", async (job) => {
  const found = job.table ? await tableRecords(job) : await columnRates(job);
  parentPort.postMessage({ id: job.id, found });
});
