// Distances between distributions, and of columns of vectors: between means and row by row.
import { distributionDistance, euclidean } from "smirnov";
import { normal } from "./data.js";
import { ecdfNorm, vectorNorms } from "./naive.js";

const dimension = 256;

export async function distances({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const numpy = await peers.python("ecdf_norm", [reference, current]);
  const options = { p: 3, of: "ecdf" };
  const found = distributionDistance(reference, current, options);
  agree("distributionDistance", found, { distance: ecdfNorm(reference, current, 3) }, 1e-9);
  agree("distributionDistance and NumPy", found, numpy?.answer, 1e-6);
  await compare({
    name: "distributionDistance (p = 3)",
    ours: () => distributionDistance(reference, current, options).distance,
    data: [reference, current],
    against: numpy,
    versus: "NumPy",
    target: { faster: 2 },
  });
  numpy?.stop();
  await embeddings(reference, current, { peers, agree, compare });
}

/** The same numbers as vectors of 256 components. */
async function embeddings(reference, current, { peers, agree, compare }) {
  const whole = reference.length - (reference.length % dimension);
  const sides = [reference.subarray(0, whole), current.subarray(0, whole)];
  const [x, y] = sides.map((values) => ({ values, dimension }));
  const [u, v] = sides.map((values) => ({ values: Float32Array.from(values), dimension }));
  const both = (one, other) => {
    const means = euclidean(one, other, { between: "means" }).distance;
    return { means, rows: euclidean(one, other, { between: "rows" }).mean };
  };
  const peer = await peers.python("vectors", sides);
  agree("vectors", both(x, y), vectorNorms(...sides, dimension), 1e-9);
  agree("vectors and NumPy", both(x, y), peer?.answer, 1e-9);
  agree("vectors of f32", both(u, v), both(x, y), 1e-6);
  const ours = (one, other) => () => {
    const { means, rows } = both(one, other);
    return means + rows;
  };
  await compare({
    name: "vectors of 256: means and rows",
    ours: ours(x, y),
    data: sides,
    against: peer,
    versus: "NumPy",
    target: { faster: 1 },
  });
  peer?.stop();
  await compare({
    name: "vectors of 256, f32",
    ours: ours(u, v),
    data: [u.values, v.values],
    against: ours(x, y),
    versus: "f64",
    target: { slower: 1.5 },
  });
  const plain = [u.values, v.values];
  await compare({
    name: "euclidean of f32 columns",
    ours: () => euclidean(...plain).distance,
    data: plain,
    against: () => euclidean(...sides).distance,
    versus: "f64",
    target: { slower: 1.5 },
  });
}
