// npm run accuracy: rebuilds docs/accuracy.md. Figures of a peer that is not at hand are kept from the page as it is;
// without the corpora their rows are left out, and the page says so.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { commonsTables, ksTables } from "./corpus.js";
import { unitsOff } from "./error.js";
import { anovaDigits, nistDigits } from "./nist.js";
import { page } from "./page.js";
import { boost, scipy } from "./peers.js";
import { mpmathTables } from "./tables.js";

const laws = await import("../../dist/bundle/distributions.js");
const { anovaTest, moments } = await import("../../dist/bundle/index.js");
const path = fileURLToPath(new URL("../../docs/accuracy.md", import.meta.url));

/** Smaller values are subnormal or nearly so. */
const smallest = 1e-300;

const find = (name) => name.split(".").reduce((from, key) => from[key], laws);
const isNumber = (text) => /^[-+\d.eE]+$/.test(text);

/** Rows of the mpmath tables that can be judged: not so small that binary64 has not all digits. */
const judged = (group) =>
  group.complete
    ? group.rows
    : group.rows.filter(
        ([, expected]) => isNumber(expected) && (group.absolute || Math.abs(Number(expected)) > smallest),
      );

/** Error in units of 2^-52: of the value, of the larger of it and 1 (`absolute`), or, for quantiles, of what they undo. */
function errorOf(group, [args, expected, p], value) {
  if (!isNumber(expected)) return Object.is(value, Number(expected.replace(/inf$/i, "Infinity"))) ? 0 : Infinity;
  if (group.complete && Math.abs(Number(expected)) <= smallest) return Math.abs(value) <= smallest ? 0 : Infinity;
  if (!group.backward) return Math.abs(unitsOff(value, expected, group.absolute && Math.abs(Number(expected)) < 1));
  const given = unitsOff(args[0], p);
  const condition = conditionOf(group.function, args, Number(expected));
  return Math.abs(unitsOff(value, expected) * condition - given) / (1 + Math.abs(condition));
}

/** x f(x) / p, negative for upper tails; by differences of the law itself where it has no density: three digits are plenty. */
function conditionOf(name, [p, ...parameters], x) {
  const [law, method] = name.split(".");
  const isUpper = method === "upperQuantile" || law === "erfcInverse";
  if (laws[law].pdf) return ((isUpper ? -1 : 1) * x * laws[law].pdf(x, ...parameters)) / p;
  const tail = { erfInverse: laws.erf, erfcInverse: laws.erfc }[law] ?? laws[law][isUpper ? "sf" : "cdf"];
  const step = 1e-6;
  return (tail(x * (1 + step), ...parameters) - tail(x * (1 - step), ...parameters)) / (2 * step * p);
}

function summaryOf(group, rows, values) {
  if (!values) return null;
  const errors = rows.flatMap((row, i) => (values[i] === null ? [] : [errorOf(group, row, values[i])]));
  const sorted = Float64Array.from(errors).sort();
  return { largest: sorted.at(-1), median: sorted[sorted.length >> 1], count: sorted.length };
}

const notes = [];
const groups = [...mpmathTables(), ...commonsTables(notes), ...ksTables(notes)].map((group) => ({
  group,
  rows: judged(group),
}));
const peers = { SciPy: scipy(groups), Boost: boost(groups) };
const rows = groups.map(({ group, rows }, i) => ({
  name: group.function,
  table: group.table,
  backward: group.backward ?? false,
  count: rows.length,
  ours: summaryOf(
    group,
    rows,
    rows.map(([args]) => find(group.function)(...args)),
  ),
  peers: Object.fromEntries(
    Object.entries(peers).map(([name, peer]) => [name, summaryOf(group, rows, peer?.values[i])]),
  ),
}));
const before = existsSync(path) ? readFileSync(path, "utf8") : "";
const versions = Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, peer?.version ?? null]));
const nist = nistDigits(moments, notes);
const anova = anovaDigits(anovaTest, notes);
const { text, behind } = page({ rows, nist, anova, notes, versions, exported: Object.keys(laws), before });
writeFileSync(path, text);
console.log(
  `docs/accuracy.md: ${rows.length} tables, ${behind.length} of them more than a unit behind the better peer`,
);
for (const line of behind) console.log(`  ${line}`);
for (const [name, peer] of Object.entries(peers)) if (!peer) console.log(`  ${name}: not here, its figures are kept`);
for (const note of notes) console.log(`  ${note}`);
