// Streaming detectors, a value at a time, against river's on the same values; the incremental Kolmogorov-Smirnov distance
// against a test of the whole window at every value.
import { ksTest } from "smirnov";
import { detector, restoreDetector } from "smirnov/monitor";
import { uniforms } from "./data.js";

const river = { variant: "river" };

/** Ours with river's settings, and how its peer is called. */
const detectors = [
  { name: "adwin", options: river, takes: "numbers", target: { faster: 2 } },
  { name: "pageHinkley", options: {}, takes: "numbers", target: { faster: 10 } },
  { name: "kswin", options: { ...river, seed: 7 }, takes: "numbers", theirs: false, target: { faster: 10 } },
  { name: "ddm", options: {}, takes: "errors", target: { faster: 10 } },
  { name: "eddm", options: river, takes: "errors", target: { faster: 10 } },
  { name: "hddmA", options: {}, takes: "errors", target: { faster: 10 } },
  { name: "hddmW", options: river, takes: "errors", target: { faster: 10 } },
  { name: "cusum", options: { falseAlarmEvery: 1000 }, takes: "numbers" },
  { name: "ewma", options: { falseAlarmEvery: 1000 }, takes: "numbers" },
  { name: "shewhart", options: { falseAlarmEvery: 1000 }, takes: "numbers" },
  { name: "incrementalKs", options: { windowSize: 1000 }, takes: "numbers" },
];

/** Positions of all drifts, added up: what both sides must agree on. */
function found(name, options, values) {
  const one = detector(name, options);
  let [drifts, places] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    if (one.update(values[k]) !== "drift") continue;
    drifts += 1;
    places += k;
  }
  return { drifts, places };
}

/** Sums of twelve uniform numbers, with a shift that comes and goes: the same arithmetic in any language. */
function streams(size) {
  const uniform = uniforms(3);
  const numbers = new Float64Array(size);
  const errors = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    let sum = Math.floor(k / 5000) % 2 === 0 ? -6 : -5.5;
    for (let part = 0; part < 12; part++) sum += uniform();
    numbers[k] = sum;
    errors[k] = Number(uniform() < (Math.floor(k / 5000) % 2 === 0 ? 0.1 : 0.3));
  }
  return { numbers, errors };
}

export async function detecting({ size, peers, agree, compare }) {
  const data = streams(Math.min(size, 20_000));
  for (const { name, options, takes, theirs = true, target } of detectors) {
    // 20 000 values with a p-value each take river's kswin half a minute
    const values = name === "kswin" ? data[takes].slice(0, 2000) : data[takes];
    const settings = Float64Array.of(["adwin", "pageHinkley", "kswin", "ddm", "eddm", "hddmA", "hddmW"].indexOf(name));
    const peer = settings[0] < 0 ? null : await peers.python("detectors", [settings, values], "river");
    if (theirs) agree(name, found(name, options, values), peer?.answer);
    agree(`${name}, in pieces`, found(name, options, values), inPieces(name, options, values));
    const ours = () => found(name, options, values).places;
    await compare({ name: `${name}, a value at a time`, ours, data: [values], against: peer, versus: "river", target });
    peer?.stop();
  }
  await slidingWindow(data.numbers, { agree, compare });
}

/** Kept and restored every thousand values. */
function inPieces(name, options, values) {
  let one = detector(name, options);
  let [drifts, places] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    if (k % 1000 === 0) one = restoreDetector(JSON.parse(JSON.stringify(one.state())));
    if (one.update(values[k]) !== "drift") continue;
    drifts += 1;
    places += k;
  }
  return { drifts, places };
}

async function slidingWindow(values, { agree, compare }) {
  const reference = values.slice(0, 1000);
  const some = values.slice(1000, 4000);
  const options = { reference, windowSize: 1000, alpha: 1e-12 };
  const incremental = () => {
    const one = detector("incrementalKs", options);
    for (const value of some) one.update(value);
    return one.state().statistic;
  };
  const whole = () => {
    let last = 0;
    for (let k = 1000; k <= some.length; k++) last = ksTest(reference, some.subarray(k - 1000, k)).statistic;
    return last;
  };
  agree("D of the last window", { statistic: incremental() }, { statistic: whole() });
  await compare({
    name: "incrementalKs, windows of 1 000 against 1 000",
    ours: incremental,
    data: [some],
    against: whole,
    versus: "ksTest at each",
    target: { faster: 10 },
  });
}
