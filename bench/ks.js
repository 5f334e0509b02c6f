// The two-sample Kolmogorov-Smirnov test, and data that is hard for it.
import { ksTest, prepare } from "smirnov";
import { answerNow } from "../dist/source/plan.js";
import { ksPlan } from "../dist/statistics/ks-test.js";
import { normal, normals, partlyChanged, sample, uniforms } from "./data.js";
import { sourcesInEngine } from "./in-engine.js";
import { largestGap } from "./naive.js";

export async function ks({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const prepared = prepare(reference);
  const scipy = await peers.python("ks_2samp", [reference, current]);
  const found = ksTest(reference, current);
  agree("ksTest", found, largestGap(reference, current));
  agree("ksTest and SciPy", found, scipy?.answer, 1e-12);
  const { statistic, location, sign, pValue } = found;
  agree("ksTest, prepared", ksTest(prepared, current), { statistic, location, sign, pValue });

  const peer = { against: scipy, versus: "SciPy" };
  await compare({
    name: "ksTest",
    ours: () => ksTest(reference, current).statistic,
    data: [reference, current],
    ...peer,
    target: { faster: 50 },
  });
  for (const alternative of ["less", "greater"]) {
    const oneSided = await peers.python(`ks_2samp_${alternative}`, [reference, current]);
    const ours = () => ksTest(reference, current, { alternative }).statistic;
    agree(`ksTest, ${alternative}`, { statistic: ours() }, oneSided && { statistic: oneSided.answer.statistic }, 1e-12);
    const name = `ksTest, ${alternative}`;
    await compare({
      name,
      ours,
      data: [reference, current],
      against: oneSided,
      versus: "SciPy",
      target: { faster: 50 },
    });
    oneSided?.stop();
  }
  await compare({
    name: "ksTest, prepared reference",
    ours: () => ksTest(prepared, current).statistic,
    data: [current],
    ...peer,
    target: { faster: 100 },
  });
  scipy?.stop();

  const normalCase = { against: () => ksTest(reference, current).statistic, versus: "N(0, 1)" };
  for (const [name, x, y, slower] of hardCases(size, reference)) {
    agree(`ksTest, ${name}`, ksTest(x, y), largestGap(x, y));
    await compare({
      name: `ksTest, ${name}`,
      ours: () => ksTest(x, y).statistic,
      data: [x, y],
      ...normalCase,
      target: { slower },
    });
  }
}

/** Ten times as many values, against only reading them: in engine memory, and from typed arrays. */
export async function ksLarge({ size, agree, compare }) {
  const many = 10 * size;
  const spread = (law) => (seed) => sample(many, mapped(normals(seed), law));
  const oneOther = (seed) => {
    const values = new Float64Array(many).fill(7);
    values[Math.floor(many / 3)] = seed;
    return values;
  };
  const laws = {
    normal: (seed) => normal(many, seed),
    "lognormal(σ = 3)": spread((x) => Math.exp(3 * x)),
    "integers 0 to 9": (seed) =>
      sample(
        many,
        mapped(uniforms(seed), (u) => Math.floor(10 * u)),
      ),
    sorted: (seed) => normal(many, seed).sort(),
    "constant but one": oneOther,
  };
  for (const [law, draw] of Object.entries(laws)) {
    const data = [draw(1), draw(2)];
    const name = `ksTest, ten times as many, ${law}`;
    const { statistic, location, sign } = ksTest(...data);
    agree(name, { statistic, location, sign }, largestGap(...data));
    const sources = sourcesInEngine(data);
    const inPlace = () => answerNow(ksPlan(), ...sources());
    agree(`${name}, in engine memory`, inPlace(), { statistic, location, sign });
    const engine = { name: `${name}, in engine memory`, ours: () => inPlace().statistic, data };
    await compare({ ...engine, target: { reading: 12 } });
    await compare({ name, ours: () => ksTest(...data).statistic, data, target: { reading: 16 } });
  }
}

function* hardCases(size, reference) {
  const laws = {
    "lognormal(σ = 3)": (seed) => mapped(normals(seed), (x) => Math.exp(3 * x)),
    "integers 0 to 9": (seed) => mapped(uniforms(seed), (u) => Math.floor(10 * u)),
    "−2^−k, k in 0 to 1000": (seed) => mapped(uniforms(seed), (u) => -(2 ** -Math.floor(1001 * u))),
  };
  for (const [name, law] of Object.entries(laws)) yield [name, sample(size, law(3)), sample(size, law(4)), 3];
  const [x, y] = [normal(size, 5), normal(size, 6)];
  x[Math.floor(size / 3)] = 1e300;
  yield ["one value 1e300", x, y, 3];
  yield ["a copy, 1 % changed", reference, partlyChanged(reference, 0.01, 7), 8];
  yield ["a copy, 10 % changed", reference, partlyChanged(reference, 0.1, 9), 8];
}

const mapped = (next, law) => () => law(next());
