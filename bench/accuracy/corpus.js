// What the corpora judge, where they are at hand: Apache Commons' distributions and its exact p-values.
import { existsSync, readFileSync } from "node:fs";

const read = (url) => JSON.parse(readFileSync(url, "utf8"));
const corpus = (path) => new URL(`../../../shared/corpus/${path}`, import.meta.url);
const numbers = (rows) => rows.map((row) => row.map(Number));

/** Apache Commons' distributions: name there, name here, parameters there as parameters here. */
const families = {
  beta: ["beta", (...parameters) => parameters],
  binomial: ["binomial", (...parameters) => parameters],
  chisquared: ["chiSquare", (...parameters) => parameters],
  exponential: ["exponential", (mean) => [1 / mean]],
  f: ["fisherF", (...parameters) => parameters],
  gamma: ["gamma", (...parameters) => parameters],
  hypergeometric: ["hypergeometric", (...parameters) => parameters],
  lognormal: ["logNormal", (...parameters) => parameters],
  normal: ["normal", (...parameters) => parameters],
  poisson: ["poisson", (...parameters) => parameters],
  t: ["studentT", (...parameters) => parameters],
  uniformcontinuous: ["uniform", (...parameters) => parameters],
};

/** Columns there, functions here. */
const columns = {
  pdf: "pdf",
  logpdf: "logPdf",
  pmf: "pmf",
  logpmf: "logPmf",
  cdf: "cdf",
  sf: "sf",
  icdf: "quantile",
  isf: "upperQuantile",
};

const number = (text) => Number(text.replace(/inf$/i, "Infinity"));

export function commonsTables(skipped) {
  const path = corpus("distributions-commons/distributions.json");
  if (!existsSync(path)) {
    skipped.push("distributions-commons: not here");
    return [];
  }
  const groups = new Map();
  let [judged, all] = [0, 0];
  for (const [key, given] of Object.entries(read(path).distributions)) {
    const family = key.split(".")[0];
    for (const [column, values] of Object.entries(given).filter(([name]) => name.endsWith("values"))) {
      all += values.length;
      const method = columns[column.split(".")[0]];
      if (!families[family] || !method) continue;
      const [law, parameters] = families[family];
      const points = given[column.replace("values", "points")] ?? given["cdf.points"];
      const id = `${law}.${method}`;
      // zeros, ones and infinities are judged too
      if (!groups.has(id)) groups.set(id, { function: id, table: `Commons, ${family}`, rows: [], complete: true });
      judged += values.length;
      points.forEach((point, i) => {
        groups.get(id).rows.push([[number(point), ...parameters(...given.parameters.map(number))], values[i]]);
      });
    }
  }
  if (judged < all) skipped.push(`distributions-commons: ${judged} of ${all} values compared`);
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
      groups.push(oneSample("kolmogorovN.sf", size, given, 2));
      groups.push(oneSample("smirnovN.sf", size, given, 3));
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

const oneSample = (name, size, rows, at) => ({
  function: name,
  table: `Commons, one sample, ${size}`,
  rows: rows.map((row) => [row.slice(0, 2), row[at]]),
});
