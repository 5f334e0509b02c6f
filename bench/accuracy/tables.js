// What is judged: groups of { function, table, rows: [arguments, expected] }, the expected value as decimal text.
import { existsSync, readFileSync } from "node:fs";

const read = (url) => JSON.parse(readFileSync(url, "utf8"));
const committed = (name) => read(new URL(`../../test/oracle/distributions/${name}.json`, import.meta.url));
const own = (name) => read(new URL(`./${name}.json`, import.meta.url));
const corpus = (path) => new URL(`../../../shared/corpus/${path}`, import.meta.url);

const numbers = (rows) => rows.map((row) => row.map(Number));

/** Columns of a table's rows as arguments, one of them as the expected value. */
const group = (name, table, rows, args, expected, more = {}) => ({
  function: name,
  table,
  rows: rows.map((row) => [args.map((i) => row[i]), row.at(expected)]),
  ...more,
});

const flipped = (rows) => rows.map(([x, ...rest]) => [-x, ...rest]);

/** The tables of mpmath. */
export function mpmathTables() {
  const special = committed("special-functions");
  const laws = committed("limit-laws");
  const inverse = own("inverse");
  const nearZero = ([x]) => Math.abs(x - 1) < 0.5 || Math.abs(x - 2) < 0.5;
  const groups = [
    group("erf", "erf", special.erf, [0], 1),
    group("erfc", "erf", special.erf, [0], 2),
    group("erfcx", "erfcx", inverse.erfcx, [0], 1),
    group("lgamma", "lgamma, near the zeros", special.lgamma.filter(nearZero), [0], 1, { absolute: true }),
    group(
      "lgamma",
      "lgamma, elsewhere",
      special.lgamma.filter((row) => !nearZero(row)),
      [0],
      1,
    ),
    group("normal.sf", "normal", special.normal, [0], 1),
    group("normal.cdf", "normal", flipped(special.normal), [0], 1),
    group("studentT.sf", "Student's t", special.studentT, [0, 1], 2),
    group("studentT.cdf", "Student's t", flipped(special.studentT), [0, 1], 2),
    group("fisherF.cdf", "Fisher's F", special.fisherF, [0, 1, 2], 3),
    group("fisherF.sf", "Fisher's F", special.fisherF, [0, 1, 2], 4),
  ];
  for (const [name, rows] of Object.entries(special.gamma)) {
    groups.push(group("gammaP", `gamma, ${name}`, rows, [0, 1], 2), group("gammaQ", `gamma, ${name}`, rows, [0, 1], 3));
  }
  for (const [name, rows] of Object.entries(special.beta)) {
    groups.push(group("betaI", `beta, ${name}`, rows, [2, 0, 1], 3));
    groups.push(group("betaIComplement", `beta, ${name}`, rows, [2, 0, 1], 4));
  }
  for (const name of ["kolmogorov", "andersonDarling", "cramerVonMises"]) {
    groups.push(group(`${name}.cdf`, name, laws[name], [0], 1), group(`${name}.sf`, name, laws[name], [0], 2));
  }
  groups.push(group("smirnovN.sf", "Smirnov's sum", laws.smirnovN, [0, 1], 2));
  groups.push(group("kolmogorovN.cdf", "Durbin's matrix", laws.kolmogorovN, [0, 1], 2));
  groups.push(group("kolmogorovN.sf", "Durbin's matrix", laws.kolmogorovN, [0, 1], 3));
  return [...groups, ...inverses(special, inverse)];
}

/** Rows whose probability is neither rounded away nor subnormal, read backwards: [p, parameters], x. */
function inverses(special, inverse) {
  const good = (p) => Number(p) > 1e-290 && Number(p) < 0.9;
  const backwards = (name, table, rows, x, p, parameters) => ({
    function: name,
    table: `${table}, backward`,
    backward: true,
    rows: rows
      .filter((row) => good(row[p]) && row[x] > 1e-290)
      .map((row) => [[Number(row[p]), ...parameters.map((i) => (i < 0 ? 1 : row[i]))], String(row[x]), row[p]]),
  });
  const negated = special.normal.map(([x, p]) => [-x, p]).filter(([x]) => x < 0);
  const groups = [
    { ...backwards("normal.quantile", "normal", [], 0, 1, []) },
    backwards("erfInverse", "erf inverse", inverse.erf, 0, 1, []),
    backwards("erfcInverse", "erf inverse", inverse.erfc, 0, 1, []),
  ];
  groups[0].rows = negated.filter(([, p]) => good(p)).map(([x, p]) => [[Number(p)], String(x), p]);
  for (const [name, rows] of Object.entries(special.gamma)) {
    groups.push(backwards("gamma.quantile", `gamma, ${name}`, rows, 1, 2, [0, -1]));
    groups.push(backwards("gamma.upperQuantile", `gamma, ${name}`, rows, 1, 3, [0, -1]));
  }
  for (const [name, rows] of Object.entries(special.beta)) {
    groups.push(backwards("beta.quantile", `beta, ${name}`, rows, 2, 3, [0, 1]));
    groups.push(backwards("beta.upperQuantile", `beta, ${name}`, rows, 2, 4, [0, 1]));
  }
  const t = special.studentT.map(([x, df, p]) => [-x, df, p]);
  groups.push({
    function: "studentT.quantile",
    table: "Student's t, backward",
    backward: true,
    rows: t.filter(([x, , p]) => good(p) && x < -1e-290).map(([x, df, p]) => [[Number(p), df], String(x), p]),
  });
  return groups;
}

/** Apache Commons' distributions: name there, name here, arguments there as arguments here. */
const families = {
  beta: ["beta", (x, a, b) => [x, a, b]],
  chisquared: ["chiSquare", (x, df) => [x, df]],
  f: ["fisherF", (x, a, b) => [x, a, b]],
  gamma: ["gamma", (x, a, s) => [x, a, s]],
  t: ["studentT", (x, df) => [x, df]],
  normal: ["normal", (x, mean, sd) => [(x - mean) / sd]],
  lognormal: ["normal", (x, mean, sd) => [(Math.log(x) - mean) / sd]],
  exponential: ["exponential", (x, mean) => [x, 1 / mean]],
  uniformcontinuous: ["uniform", (x, low, high) => [x, low, high]],
};

export function commonsTables(skipped) {
  const path = corpus("distributions-commons/distributions.json");
  if (!existsSync(path)) {
    skipped.push("distributions-commons: not here");
    return [];
  }
  const groups = new Map();
  const [others, judged] = [new Set(), { values: 0, all: 0 }];
  for (const [key, given] of Object.entries(read(path).distributions)) {
    const family = key.split(".")[0];
    for (const [column, values] of Object.entries(given)) {
      if (!column.endsWith("values")) continue;
      judged.all += values.length;
      const [tail, hp] = column.split(".");
      const known = families[family];
      if (!known || (tail !== "cdf" && tail !== "sf")) {
        others.add(known ? tail : family);
        continue;
      }
      const points = given[`${tail}.${hp === "hp" ? "hp." : ""}points`] ?? given["cdf.points"];
      const name = `${known[0]}.${tail}`;
      const id = `${name} ${family}`;
      if (!groups.has(id)) groups.set(id, { function: name, table: `Commons, ${family}`, rows: [] });
      judged.values += values.length;
      points.forEach((point, i) => {
        const x = Number(point.replace(/inf$/i, "Infinity"));
        groups.get(id).rows.push([known[1](x, ...given.parameters.map(Number)), values[i]]);
      });
    }
  }
  skipped.push(
    `distributions-commons: ${judged.values} of ${judged.all} values compared; Smirnov has no function for ${[...others].sort().join(", ")}`,
  );
  return [...groups.values()];
}

export function ksTables(skipped) {
  const path = corpus("ks-exact/ks-exact.json");
  if (!existsSync(path)) {
    skipped.push("ks-exact: not here");
    return [];
  }
  const { tables } = read(path);
  const groups = [];
  const two = { function: "ksExact", table: "Commons, two samples", rows: [] };
  for (const [name, { rows, exact_rational_as_binary64: exact }] of Object.entries(tables)) {
    if (name.includes("onesample")) {
      const size = name.split(".").at(-1);
      const given = rows.map(([d, n, both, one]) => [Number(d), Number(n), both, one]).filter(([d]) => d > 0);
      groups.push(group("kolmogorovN.sf", `Commons, one sample, ${size}`, given, [0, 1], 2));
      groups.push(group("smirnovN.sf", `Commons, one sample, ${size}`, given, [0, 1], 3));
      continue;
    }
    numbers(rows.map((row) => row.slice(0, 3))).forEach(([n, m, gap], i) => {
      for (const [key, more, alternative] of [
        ["P(D>=d)", 0, "two-sided"],
        ["P(D>d)", 1, "two-sided"],
        ["P(D+>=d)", 0, "greater"],
        ["P(D+>d)", 1, "greater"],
      ]) {
        if (exact[i][key] !== undefined) two.rows.push([[n, m, gap + more, null, alternative], exact[i][key]]);
      }
    });
  }
  return [two, ...groups];
}
