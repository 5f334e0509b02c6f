// docs/accuracy.md as text.

/** What the tables do not judge by itself, and what does. */
const elsewhere = {
  andersonDarlingTwoSample: "the limit law at a scaled statistic; test/distributions/laws.test.ts",
  andersonDarlingVariance: "against Scholz and Stephens' double sum, 1e-11; test/distributions/laws.test.ts",
  ksAsymptotic: "an approximation; its error against the exact law is in [methods.md](methods.md)",
  ksExactCells: "an estimate of cost, no probability",
  kolmogorovTwoSample: "exact path counts, both tails; test/distributions/two-sample.test.ts",
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

const peerNames = ["SciPy", "Boost"];

/** The peers' cells of the page as it was, by function and table, for where a peer is not at hand. */
function kept(before) {
  const cells = before.matchAll(
    /^\| `([^`]+)` \| ([^|]+) \| \d+ \| [^|]+ \| [^|]+ \| [^|]+ \| ([^|]+) \| ([^|]+) \|/gm,
  );
  return {
    versions: Object.fromEntries(
      peerNames.map((name) => [name, new RegExp(`${name} (\\d[\\d.]*)`).exec(before)?.[1] ?? "?"]),
    ),
    cells: new Map(Array.from(cells, ([, name, table, ...theirs]) => [`${name}, ${table}`, theirs])),
  };
}

export function page({ rows, nist, anova, notes, versions, exported, before }) {
  const old = kept(before);
  const line = (row) => {
    const { name, table, count, ours, peers } = row;
    const key = `${name}, ${table}`;
    const theirs = peerNames.map((peer, i) =>
      versions[peer] === null
        ? (old.cells.get(key)?.[i] ?? "–")
        : peers[peer]
          ? `${figure(peers[peer].largest)} / ${figure(peers[peer].median)}${peers[peer].count < count ? ` (${peers[peer].count})` : ""}`
          : "–",
    );
    const cells = [
      `\`${name}\``,
      table,
      count,
      relative(ours.largest),
      figure(ours.largest),
      figure(ours.median),
      ...theirs,
    ];
    return `| ${cells.join(" | ")} |${remarks[key] ? ` ${remarks[key]} |` : isBehind(row) ? " behind |" : " |"}`;
  };
  const table = (wanted) => [
    `| function | table | values | largest relative | largest, units | median, units | ${peerNames.map((name) => `${name} ${versions[name] ?? old.versions[name]}`).join(" | ")} | |`,
    "|---|---|--:|--:|--:|--:|--:|--:|---|",
    ...rows.filter(wanted).map(line),
  ];
  const missed = rows.filter((row) => isBehind(row) && !remarks[`${row.name}, ${row.table}`]);
  const behind = missed.map(
    (row) => `\`${row.name}\`, ${row.table}: ${figure(row.ours.largest)} units, the better peer ${figure(better(row))}`,
  );
  const text = `${[
    "# Accuracy",
    "",
    "Made by `npm run accuracy`; do not edit. Errors are relative, and in units of 2^-52 (2.2e-16), taken in exact",
    "arithmetic against decimal references. `largest` and `median` are over the values of a table.",
    "",
    "## What is promised",
    "",
    "The box: shapes a and b from 1e-10 to 1e6, degrees of freedom from 0.01 to 1e6, numbers of trials and means up to",
    "1e6, populations up to 1e12, any scale; p down to 1e-300 (below, binary64 runs out of digits, and values are left out",
    "here). In it the relative error is at most max(1e-13, 4 units times the condition number x f(x)/p) where p is at least",
    "1e-10, and 1e-10 below; no mpmath table shows more than 1e-14, and none is worse than the better one of SciPy and Boost",
    "by more than one unit. Quantiles are judged by backward error: the p that the found x belongs to, against the p asked",
    "for, over 1 + the condition number, since no x that is a double can do better. `lgamma` is judged in absolute terms",
    "within 1/2 of its zeros at 1 and 2, and logarithms of densities where they are less than 1 in size.",
    "",
    "The reference tables were made with mpmath at 60 to 90 digits, at exact binary64 arguments, by the scripts beside",
    "them: `test/oracle/distributions/*.py` and `bench/accuracy/inverse.py`. The corners are those values between which",
    "methods change, and arguments next to 0, 1 and the mean and far out. The Commons tables are Apache Commons Statistics'",
    "test resources, all 3 458 values; many of their references have only 13 to 17 digits, which is why everybody shows",
    "errors of tens of units there. The rows in which Smirnov is furthest from them were computed anew with mpmath at the",
    "same arguments: the table `Commons, worst rows anew` shows whose error it is. (Where Commons has the mean of an",
    "exponential law, Smirnov has its rate, 1/mean rounded.)",
    "",
    "SciPy and Boost: largest / median error in units of 2^-52, and in brackets for how many rows where they do not do all.",
    "Boost is compiled from `bench/accuracy/boost.cpp` in plain double, without its promotion to long double, which only",
    "some processors have; SciPy uses Boost with it for some functions. ∞: a value where there is none, or none where there is one.",
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
    anovaTitle,
    "",
    ...(anova.length > 0 ? anovaSection(anova) : keptSection(before, anovaTitle)),
    "",
    "## Not reached",
    "",
    ...(behind.length > 0
      ? behind.map(
          (line) =>
            `- ${line}.${line.includes("Commons") ? " The reference's own digits decide; see `Commons, worst rows anew`." : ""}`,
        )
      : ["- No table is worse than the better peer by more than a unit."]),
    ...notes.map((note) => `- ${note}.`),
    "",
    "## Functions",
    "",
    "| exported from `smirnov/distributions` | judged by |",
    "|---|---|",
    ...exported.toSorted().map((name) => `| \`${name}\` | ${judgedBy(name, rows)} |`),
  ].join("\n")}\n`;
  return { text, behind };
}

const anovaTitle = "## Analysis of variance: NIST's sets";

const anovaSection = (rows) => [
  "Correct digits of `anovaTest`'s F against the exact value of the binary64 inputs, 17 where no double is closer, and",
  "against NIST's certified value; `possible` is what the exact value itself has of that, the inputs being rounded.",
  "",
  "| set | F | against the certified one | possible |",
  "|---|--:|--:|--:|",
  ...rows.map(
    (row) => `| ${row.name} | ${[row.exact, row.certified, row.best].map((x) => x.toFixed(1)).join(" | ")} |`,
  ),
];

/** The smallest of the peers' largest errors. */
const better = ({ peers }) => Math.min(...peerNames.map((name) => peers[name]?.largest ?? Number.POSITIVE_INFINITY));

const isBehind = (row) => row.ours.largest > better(row) + 1;

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
