// Correlations of all pairs of columns, on both sides of a comparison.
import { correlationDrift, pearson, spearman } from "smirnov";
import { normal } from "./data.js";

const count = 50;

export async function correlations({ size, rounds, agree, row }) {
  const rows = Math.max(1000, Math.round(size / 10));
  const [reference, current] = [1, 2].map((side) => {
    const common = normal(rows, side);
    const columns = Array.from({ length: count }, (_, c) => normal(rows, 100 * side + c).map((x, k) => x + common[k]));
    return Object.fromEntries(columns.map((values, c) => [`c${c}`, values]));
  });
  for (const [method, alone] of Object.entries({ pearson, spearman })) {
    const ask = () => correlationDrift(reference, current, { methods: [method], matrix: true });
    const { matrices } = await ask();
    agree(
      `${method} of a pair alone`,
      matrices[0].reference[0][1],
      alone(reference.c0, reference.c1).coefficient,
      1e-12,
    );
    const times = [];
    for (let k = 0; k < rounds; k++) {
      const start = performance.now();
      await ask();
      times.push((performance.now() - start) * 1e6);
    }
    times.sort((a, b) => a - b);
    const products = count * (count - 1) * rows;
    row({
      name: `correlationDrift, ${method}, ${count} columns of ${rows.toLocaleString("en-US")} rows a side`,
      min: times[0],
      median: times[Math.floor(times.length / 2)],
      perValue: times[0] / products,
      against: "",
      ratio: "",
      target: method === "pearson" ? "< 0.3 s for 100,000 rows" : "",
      reached: method === "pearson" ? times[0] < 3000 * rows : null,
    });
  }
}
