// npm run accuracy: rebuilds docs/accuracy.md. Without SciPy its figures are kept from the page as it is; without the
// corpora their rows are left out, and the page says so.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { unitsOff } from "./error.js";
import { anovaDigits, nistDigits } from "./nist.js";
import { page } from "./page.js";
import { commonsTables, ksTables, mpmathTables } from "./tables.js";

const laws = await import("../../dist/bundle/distributions.js");
const { anovaTest, moments } = await import("../../dist/bundle/index.js");
const path = fileURLToPath(new URL("../../docs/accuracy.md", import.meta.url));

/** Smaller values are subnormal or nearly so. */
const smallest = 1e-300;

const find = (name) => name.split(".").reduce((from, key) => from[key], laws);

/** Rows that can be judged: finite, and not so small that binary64 has not all digits. */
const judged = (group) =>
  group.rows.filter(
    ([, expected]) => /^[-+\d.eE]+$/.test(expected) && (group.absolute || Math.abs(Number(expected)) > smallest),
  );

/** Errors of values in units of 2^-52; of quantiles, what p the found x belongs to, over 1 + the condition number. */
function errorsOf(group, rows, values) {
  if (!group.backward) return values.map((value, i) => Math.abs(unitsOff(value, rows[i][1], group.absolute)));
  return values.map((value, i) => {
    const [args, x, p] = rows[i];
    const given = unitsOff(args[0], p);
    const condition = conditionOf(group.function, args, Number(x));
    return Math.abs(unitsOff(value, x) * condition - given) / (1 + Math.abs(condition));
  });
}

/** x f(x) / p by a quotient of differences of the law itself: three digits are plenty. */
function conditionOf(name, [p, ...parameters], x) {
  const law = {
    "normal.quantile": laws.normal.cdf,
    "studentT.quantile": laws.studentT.cdf,
    "gamma.quantile": laws.gamma.cdf,
    "gamma.upperQuantile": laws.gamma.sf,
    "beta.quantile": laws.beta.cdf,
    "beta.upperQuantile": laws.beta.sf,
    erfInverse: laws.erf,
    erfcInverse: laws.erfc,
  }[name];
  const step = 1e-6;
  return (law(x * (1 + step), ...parameters) - law(x * (1 - step), ...parameters)) / (2 * step * p);
}

const summary = (errors) => {
  const sorted = Float64Array.from(errors).sort();
  return { largest: sorted.at(-1), median: sorted[sorted.length >> 1] };
};

function scipy(groups) {
  const script = fileURLToPath(new URL("./peer.py", import.meta.url));
  const input = JSON.stringify(
    groups.map(({ group, rows }) => [group.function, rows.map(([args]) => args.filter((x) => typeof x === "number"))]),
  );
  const { status, stdout } = spawnSync("python3", [script], { input, encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) return null;
  const { version, values } = JSON.parse(stdout);
  const number = (text) => Number(text === "inf" ? "Infinity" : text === "-inf" ? "-Infinity" : text);
  return { version, values: values.map((column) => column?.map(number) ?? null) };
}

const notes = [];
const groups = [...mpmathTables(), ...commonsTables(notes), ...ksTables(notes)].map((group) => ({
  group,
  rows: judged(group),
}));
const peer = scipy(groups);
const rows = groups.map(({ group, rows }, i) => {
  const ours = rows.map(([args]) => find(group.function)(...args));
  const theirs = peer?.values[i];
  return {
    name: group.function,
    table: group.table,
    backward: group.backward ?? false,
    count: rows.length,
    ours: summary(errorsOf(group, rows, ours)),
    scipy: theirs ? summary(errorsOf(group, rows, theirs)) : null,
  };
});
const before = existsSync(path) ? readFileSync(path, "utf8") : "";
const nist = nistDigits(moments, notes);
const anova = anovaDigits(anovaTest, notes);
const text = page({ rows, nist, anova, notes, version: peer?.version ?? null, exported: Object.keys(laws), before });
writeFileSync(path, text);
const worst = rows.filter((row) => row.scipy && row.ours.largest > row.scipy.largest + 1);
console.log(`docs/accuracy.md: ${rows.length} tables, ${worst.length} of them more than a unit behind SciPy`);
for (const { name, table, ours, scipy } of worst) {
  console.log(`  ${name}, ${table}: ${ours.largest.toPrecision(3)}, SciPy ${scipy.largest.toPrecision(3)}`);
}
for (const note of notes) console.log(`  ${note}`);
