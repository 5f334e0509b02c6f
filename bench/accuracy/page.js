// docs/accuracy.md as text.

/** What the tables do not judge by itself, and what does. */
const elsewhere = {
  andersonDarlingTwoSample: "the limit law at a scaled statistic; test/distributions/laws.test.ts",
  andersonDarlingVariance: "against Scholz and Stephens' double sum, 1e-11; test/distributions/laws.test.ts",
  ksAsymptotic: "an approximation; its error against the exact law is in [methods.md](methods.md)",
  ksExactCells: "an estimate of cost, no probability",
  mannWhitneyExact: "exact counts of orders, to 1e-11; test/distributions/mann-whitney.test.ts",
  // for where the corpora are not at hand
  chiSquare: "is `gammaP` and `gammaQ` at half of its arguments",
  exponential: "test/distributions/laws.test.ts",
  uniform: "test/distributions/laws.test.ts",
  ksExact: "exact path counts; test/distributions/kolmogorov-smirnov.test.ts",
};

/** Where a target is missed although nothing is wrong here: shown beside the row. */
const remarks = {
  "kolmogorovN.sf, Commons, one sample, large":
    "the corpus holds approximations in 110 rows, see below; the median is that of the exact ones",
  "kolmogorovN.sf, Commons, one sample, small": "the corpus holds approximations in 11 rows, see below",
};

const figure = (x) =>
  x === Number.POSITIVE_INFINITY ? "∞" : x >= 1e5 ? x.toExponential(1) : String(Number(x.toPrecision(2)));
const relative = (units) => (units === Number.POSITIVE_INFINITY ? "∞" : (units * 2 ** -52).toExponential(1));

/** The SciPy cells of the page as it was, by function and table, for where SciPy is not here. */
function kept(before) {
  const cells = before.matchAll(/^\| `([^`]+)` \| ([^|]+) \| \d+ \| [^|]+ \| [^|]+ \| [^|]+ \| ([^|]+) \|/gm);
  const version = /SciPy (\d[\d.]*)/.exec(before)?.[1] ?? "?";
  return { version, cells: new Map(Array.from(cells, ([, name, table, cell]) => [`${name}, ${table}`, cell])) };
}

export function page({ rows, nist, notes, version, exported, before }) {
  const old = kept(before);
  const line = ({ name, table, count, ours, scipy }) => {
    const key = `${name}, ${table}`;
    const theirs = scipy
      ? `${figure(scipy.largest)} / ${figure(scipy.median)}`
      : version
        ? "–"
        : (old.cells.get(key) ?? "–");
    const cells = [
      `\`${name}\``,
      table,
      count,
      relative(ours.largest),
      figure(ours.largest),
      figure(ours.median),
      theirs,
    ];
    return `| ${cells.join(" | ")} |${remarks[key] ? ` ${remarks[key]} |` : behind(ours, scipy) ? " behind |" : " |"}`;
  };
  const table = (wanted) => [
    `| function | table | values | largest relative | largest, units | median, units | SciPy ${version ?? old.version}: largest / median | |`,
    "|---|---|--:|--:|--:|--:|--:|---|",
    ...rows.filter(wanted).map(line),
  ];
  const missed = rows.filter(({ name, table, ours, scipy }) => behind(ours, scipy) && !remarks[`${name}, ${table}`]);
  return `${[
    "# Accuracy",
    "",
    "Made by `npm run accuracy`; do not edit. Errors are relative, and in units of 2^-52 (2.2e-16), taken in exact",
    "arithmetic against decimal references. `largest` and `median` are over the values of a table.",
    "",
    "## What is promised",
    "",
    "For a, b and degrees of freedom up to 1e6: relative error at most 1e-13 in the body, 1e-10 in tails down to 1e-300",
    "(below, binary64 runs out of digits, and values are left out here). Beside SciPy: no table worse by more than one",
    "unit. Quantiles are judged by backward error: the p that the found x belongs to, against the p asked for, over 1 +",
    "the condition number x f(x)/p, since no x that is a double can do better. `lgamma` is judged in absolute terms within",
    "1/2 of its zeros at 1 and 2.",
    "",
    "The reference tables were made with mpmath at 60 to 90 digits, at exact binary64 arguments, by the scripts beside",
    "them: `test/oracle/distributions/*.py` and `bench/accuracy/inverse.py`. The Commons tables are Apache Commons",
    "Statistics' test resources; many of their references have only 15 to 17 digits and arguments rounded in decimal,",
    "which is why both Smirnov and SciPy show errors of tens of units there.",
    "",
    "## Probabilities and special functions",
    "",
    ...table((row) => !row.backward && !row.table.startsWith("Commons")),
    "",
    "## Quantiles and inverses, backward error",
    "",
    ...table((row) => row.backward),
    "",
    "## Apache Commons' references",
    "",
    ...table((row) => row.table.startsWith("Commons")),
    "",
    "121 of the 2 408 one-sample rows are approximations themselves: for n = 1000 Pelz and Good's expansion, and from",
    "n d² = 2.2 (n = 1000) or 4 on twice the one-sided law, the choice of Simard and L'Ecuyer, which is SciPy's too.",
    "Durbin's matrix in 400-bit arithmetic at the worst of them shows the corpus off by 1.5e-6 and `kolmogorovN` by 6e-16",
    "(test/distributions/kolmogorov-smirnov.test.ts). All other rows agree to 1e-12.",
    "",
    "## Moments: NIST's univariate samples",
    "",
    ...(nist.length > 0
      ? [
          "Correct digits of `moments` against the exact value of the binary64 inputs, 17 where no double is closer. NumAcc4's",
          "inputs are rounded, so against NIST's certified value no program can have more than 8.25 digits of its deviation.",
          "",
          "| sample | mean | standard deviation | against the certified one |",
          "|---|--:|--:|--:|",
          ...nist.map(
            (row) =>
              `| ${row.name} | ${[row.mean, row.deviation, row.certified].map((x) => x.toFixed(1)).join(" | ")} |`,
          ),
        ]
      : keptSection(before, "## Moments: NIST's univariate samples")),
    "",
    "## Not reached",
    "",
    ...(missed.length > 0
      ? missed.map(
          ({ name, table, ours, scipy }) =>
            `- \`${name}\`, ${table}: ${figure(ours.largest)} units, SciPy ${figure(scipy.largest)}. ${whyOf(name)}`,
        )
      : ["- Nothing beside SciPy, where SciPy was at hand."]),
    ...notes.map((note) => `- ${note}.`),
    "- Boost is not compared here: it is not at hand where this page is made.",
    "",
    "## Functions",
    "",
    "| exported from `smirnov/distributions` | judged by |",
    "|---|---|",
    ...exported.toSorted().map((name) => `| \`${name}\` | ${judgedBy(name, rows)} |`),
  ].join("\n")}\n`;
}

const behind = (ours, scipy) => scipy !== null && ours.largest > scipy.largest + 1;

const whyOf = (name) =>
  /^beta/.test(name)
    ? "SciPy's is rounded once from wider arithmetic, as errors below half a unit show; WebAssembly has only binary64, and twice the digits throughout would cost several times the time."
    : /^smirnov|^kolmogorovN/.test(name)
      ? "SciPy's sum is in twice the digits; here only the exponents of its terms are."
      : "The reference's own digits decide.";

function judgedBy(name, rows) {
  const tables = new Set(rows.filter((row) => row.name.split(".")[0] === name).map((row) => row.table));
  if (tables.size === 0 && !elsewhere[name]) throw new Error(`accuracy: no table judges ${name}`);
  return [...tables].join("; ") || elsewhere[name];
}

function keptSection(before, title) {
  const from = before.indexOf(title);
  return from < 0
    ? []
    : before
        .slice(from + title.length, before.indexOf("\n## ", from + 1))
        .trim()
        .split("\n");
}
