// Data quality: what it takes on top of drift, and alone.
import { compare as compareTables, quality, quantiles } from "smirnov";
import { normal } from "./data.js";
import { repeated } from "./measure.js";

const columns = 100;

export async function qualities({ size, agree, compare }) {
  const [reference, current] = [1, 1001].map((seed) =>
    Object.fromEntries(Array.from({ length: columns }, (_, k) => [`c${k}`, normal(size, seed + k)])),
  );
  const report = await compareTables(reference, current, { quality: true });
  const alone = await quality(reference);
  const { c0 } = alone.columns;
  const inSamePass = report.quality.reference.columns.c0;
  agree("quality, in the same pass", { ...inSamePass.numbers, quantiles: null }, { ...c0.numbers, quantiles: null });
  const [probabilities, told] = ["probability", "value"].map((key) => c0.numbers.quantiles.map((found) => found[key]));
  agree("quality", { ...told }, { ...quantiles(reference.c0, probabilities).values });
  agree("quality", { distinct: c0.distinct.count }, { distinct: new Set(reference.c0).size });
  const data = [reference, current].flatMap((side) => Object.values(side));
  await compare({
    name: `compare with quality: ${columns} columns of ${size} rows a side`,
    ours: repeated(() => compareTables(reference, current, { quality: true })),
    data,
    against: repeated(() => compareTables(reference, current)),
    versus: "drift alone",
    target: { slower: 1.3 },
  });
  await compare({
    name: `quality of one side: ${columns} columns of ${size} rows`,
    ours: repeated(() => quality(reference)),
    data: Object.values(reference),
    against: repeated(() => compareTables(reference, current)),
    versus: "drift of both",
    target: { slower: 1 },
  });
}
