// What is judged: groups of { function, table, rows: [arguments, expected] }, the expected value as decimal text.
import { readFileSync } from "node:fs";

const read = (url) => JSON.parse(readFileSync(url, "utf8"));
const committed = (name) => read(new URL(`../../test/oracle/distributions/${name}.json`, import.meta.url));
const own = (name) => read(new URL(`./${name}.json`, import.meta.url));

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
  const corners = committed("extremes");
  groups.push(
    group("gammaP", "gamma, corners", corners.gamma, [0, 1], 2),
    group("gammaQ", "gamma, corners", corners.gamma, [0, 1], 3),
    group("betaI", "beta, corners", corners.beta, [2, 0, 1], 3),
    group("betaIComplement", "beta, corners", corners.beta, [2, 0, 1], 4),
    group("studentT.sf", "Student's t, corners", corners.studentT, [0, 1], 2),
    group("fisherF.cdf", "Fisher's F, corners", corners.fisherF, [0, 1, 2], 3),
    group("fisherF.sf", "Fisher's F, corners", corners.fisherF, [0, 1, 2], 4),
  );
  for (const name of ["kolmogorov", "andersonDarling", "cramerVonMises"]) {
    groups.push(group(`${name}.cdf`, name, laws[name], [0], 1), group(`${name}.sf`, name, laws[name], [0], 2));
  }
  groups.push(group("smirnovN.sf", "Smirnov's sum", laws.smirnovN, [0, 1], 2));
  groups.push(group("smirnovN.cdf", "Smirnov's sum, both tails", laws.smirnovTails, [0, 1], 2));
  groups.push(group("smirnovN.sf", "Smirnov's sum, both tails", laws.smirnovTails, [0, 1], 3));
  groups.push(group("kolmogorovN.cdf", "Durbin's matrix", laws.kolmogorovN, [0, 1], 2));
  groups.push(group("kolmogorovN.sf", "Durbin's matrix", laws.kolmogorovN, [0, 1], 3));
  return [...groups, ...densities(laws), ...discrete(), ...anew(), ...inverses(special, inverse, laws)];
}

/** Rows of Apache Commons' tables, computed anew with mpmath. */
function anew() {
  const groups = new Map();
  for (const [name, args, expected] of committed("commons-apart")) {
    if (!groups.has(name)) groups.set(name, { function: name, table: "Commons, worst rows anew", rows: [] });
    groups.get(name).rows.push([args, expected]);
  }
  return [...groups.values()];
}

/** Densities, their logarithms (in absolute terms below 1), and tails of laws with two parameters. */
function densities(laws) {
  const tables = committed("densities");
  const groups = [];
  for (const name of ["normal", "logNormal"]) {
    for (const [method, at] of [
      ["cdf", 3],
      ["sf", 4],
    ]) {
      groups.push(group(`${name}.${method}`, `${name}, two parameters`, tables[`${name}Tails`], [0, 1, 2], at));
    }
    delete tables[`${name}Tails`];
  }
  for (const name of ["kolmogorov", "andersonDarling", "cramerVonMises"]) tables[name] = laws[`${name}Density`];
  for (const [name, rows] of Object.entries(tables)) {
    const args = rows[0].slice(0, -2).map((_, i) => i);
    groups.push(group(`${name}.pdf`, "density", rows, args, -2));
    groups.push(group(`${name}.logPdf`, "density", rows, args, -1, { absolute: true }));
  }
  groups.push(group("smirnovN.pdf", "density", laws.smirnovTails, [0, 1], 4));
  return groups;
}

/** The discrete laws. */
function discrete() {
  return Object.entries(committed("discrete")).flatMap(([name, rows]) => {
    const args = rows[0].slice(0, -4).map((_, i) => i);
    const inside = rows.filter((row) => row.at(-3) !== null);
    return [
      group(`${name}.pmf`, name, inside, args, -4),
      group(`${name}.logPmf`, name, inside, args, -3, { absolute: true }),
      group(`${name}.cdf`, name, rows, args, -2),
      group(`${name}.sf`, name, rows, args, -1),
    ];
  });
}

/** Rows whose probability is neither rounded away nor subnormal, read backwards: [p, parameters], x. */
function inverses(special, inverse, laws) {
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
  const double = special.gamma.medium.map(([a, x, ...tails]) => [2 * x, 2 * a, ...tails]);
  groups.push(
    backwards("chiSquare.quantile", "chi-square", double, 0, 2, [1]),
    backwards("chiSquare.upperQuantile", "chi-square", double, 0, 3, [1]),
    backwards("fisherF.quantile", "Fisher's F", special.fisherF, 0, 3, [1, 2]),
    backwards("fisherF.upperQuantile", "Fisher's F", special.fisherF, 0, 4, [1, 2]),
  );
  const { logNormalTails } = committed("densities");
  groups.push(backwards("logNormal.quantile", "lognormal", logNormalTails, 0, 3, [1, 2]));
  groups.push(backwards("logNormal.upperQuantile", "lognormal", logNormalTails, 0, 4, [1, 2]));
  for (const name of ["kolmogorov", "andersonDarling", "cramerVonMises"]) {
    groups.push(backwards(`${name}.quantile`, name, laws[name], 0, 1, []));
    groups.push(backwards(`${name}.upperQuantile`, name, laws[name], 0, 2, []));
  }
  groups.push(
    backwards("smirnovN.quantile", "Smirnov's sum", laws.smirnovTails, 0, 2, [1]),
    backwards("smirnovN.upperQuantile", "Smirnov's sum", laws.smirnovTails, 0, 3, [1]),
    backwards("kolmogorovN.quantile", "Durbin's matrix", laws.kolmogorovN, 0, 2, [1]),
    backwards("kolmogorovN.upperQuantile", "Durbin's matrix", laws.kolmogorovN, 0, 3, [1]),
  );
  return groups;
}
