// Quantile sketches: the worst error of ranks over all points of seeded streams, each fed in blocks and as merged pieces,
// against the bound that the sketch states; what adding and merging cost. Distinct sketches: their errors and times.
import { distinctOf } from "../dist/sketch/distinct-estimate.js";
import { addDistinctNumbers, emptyDistinct, mergeDistinct } from "../dist/sketch/distinct-sketch.js";
import { quantilesByteLength, readQuantiles, writeQuantiles } from "../dist/sketch/quantile-bytes.js";
import { addQuantiles, emptyQuantiles, mergeQuantiles } from "../dist/sketch/quantile-sketch.js";
import { rankError } from "../dist/sketch/rank-error.js";
import { sortedView } from "../dist/sketch/sorted-view.js";
import { Disagreement, rounded } from "./harness.js";
import { kinds, permutation, pieces, stream, worstError } from "./sketch-streams.js";

const blockRows = 65_536;
/** Rows of the sketches that are merged one after the other. */
const pieceRows = 10_000;

const percent = (x) => `${rounded(100 * x)} %`;

function inBlocks(values) {
  const sketch = emptyQuantiles();
  for (const block of pieces(values, blockRows)) addQuantiles(sketch, block);
  return sketch;
}

function inMerges(values) {
  const sketch = emptyQuantiles();
  for (const piece of pieces(values, pieceRows)) {
    const other = emptyQuantiles();
    addQuantiles(other, piece);
    mergeQuantiles(sketch, other);
  }
  return sketch;
}

export async function kll(bench) {
  for (const [name, kind] of Object.entries(kinds)) {
    for (const [way, feed] of Object.entries({ "in blocks": inBlocks, merged: inMerges })) {
      streams(`kll, ${name}, ${way}`, kind, feed, bench);
    }
  }
  await againstDataSketches(bench);
  await times(bench);
  for (let count = 1; count <= Math.max(10 * bench.size, 10); count *= 10) distinct(count, bench);
}

/** 200 streams of 1M values with five rounds. */
function streams(name, kind, feed, { size, rounds, row }) {
  const times = [];
  let worst = 0;
  let share = 0;
  let bound = 0;
  for (let seed = 1; seed <= 40 * rounds; seed++) {
    const values = stream(kind, size, seed);
    const start = performance.now();
    const sketch = feed(values);
    times.push((performance.now() - start) * 1e6);
    const error = worstError(sortedView(sketch), kind, size, seed) / size;
    const stated = rankError(sketch);
    if (!(error <= stated)) throw new Disagreement(`${name}, stream ${seed}: error ${error}, bound ${stated}`);
    worst = Math.max(worst, error);
    share = Math.max(share, error / stated);
    bound = Math.max(bound, stated);
  }
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  row({
    name: `${name}: ${times.length} streams`,
    min: times[0],
    median,
    perValue: median / size,
    against: `worst ${percent(worst)}`,
    ratio: `${percent(share)} of the bound`,
    target: `≤ ${percent(bound)}`,
    reached: share <= 1,
  });
}

/** The worst error of ten permutations, and the bytes, next to those of DataSketches' sketch of doubles with its usual k. */
async function againstDataSketches({ size, peers, row }) {
  const errors = [];
  let bytes = 0;
  let median = 0;
  const theirs = [];
  for (let seed = 1; seed <= 10; seed++) {
    const values = permutation(size, seed);
    const start = performance.now();
    const sketch = inBlocks(values);
    median = (performance.now() - start) * 1e6;
    bytes = quantilesByteLength(sketch);
    errors.push(worstError(sortedView(sketch), { below: (x) => x, tied: 1 }, size, seed) / size);
    const peer = await peers.python("kll", [values], "datasketches");
    if (peer) theirs.push(peer.answer);
    peer?.stop();
  }
  const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
  row({
    name: `kll, permutations: mean worst error ${percent(mean(errors))}, ${bytes} bytes`,
    min: median,
    median,
    perValue: median / size,
    against:
      theirs.length > 0
        ? `DataSketches ${percent(mean(theirs.map(({ worst }) => worst)))}, ${theirs[0].bytes} bytes`
        : null,
    target: undefined,
    reached: null,
  });
}

/** Adding, merging and reading. */
async function times({ size, compare }) {
  const values = permutation(Math.max(size, blockRows), 1);
  const block = values.slice(0, blockRows).sort();
  const others = Array.from({ length: 20 }, (_, k) => inBlocks(values.subarray(0, values.length - 1000 * k)));
  const written = others.map((sketch) => {
    const bytes = new Uint8Array(quantilesByteLength(sketch));
    writeQuantiles(sketch, bytes, 0);
    return bytes;
  });
  const registers = others.map((_, k) => {
    const sketch = emptyDistinct();
    addDistinctNumbers(sketch, values.subarray(k * 100));
    return sketch;
  });
  const quantiles = emptyQuantiles();
  const distinct = emptyDistinct();
  const each = (work) => () => {
    for (let k = 0; k < 20; k++) work(k);
    return quantiles.count + distinct.registers[0];
  };
  const row = (name, data, ours, nanoseconds) => compare({ name, ours, data, target: { under: nanoseconds } });
  await row(
    "kll, add 20 blocks of 65 536",
    [block],
    each(() => addQuantiles(quantiles, block)),
    2e6,
  );
  await row(
    "kll, merge 20 sketches",
    [block.subarray(0, 20)],
    each((k) => mergeQuantiles(quantiles, others[k])),
    12e4,
  );
  await row(
    "kll, read 20 sketches",
    [block.subarray(0, 20)],
    each((k) => readQuantiles(written[k], 0, "kll").count),
    6e4,
  );
  await row(
    "distinct, add 20 times 65 536 numbers",
    [block],
    each(() => addDistinctNumbers(distinct, block)),
    60 * blockRows,
  );
  await row(
    "distinct, merge 20 sketches",
    [block.subarray(0, 20)],
    each((k) => mergeDistinct(distinct, registers[k])),
    2e4,
  );
}

/** Root of the mean square of relative errors over many sets of `count` numbers; a million values at least. */
function distinct(count, { rounds, row }) {
  const sets = Math.max(2 * rounds, Math.min(400 * rounds, Math.round((rounds * 1e7) / count)));
  const values = new Float64Array(Math.min(count, blockRows));
  let squares = 0;
  let error = 0;
  const start = performance.now();
  for (let set = 0; set < sets; set++) {
    const sketch = emptyDistinct();
    for (let from = 0; from < count; from += values.length) {
      const length = Math.min(values.length, count - from);
      for (let k = 0; k < length; k++) values[k] = (set * count + from + k) / 3;
      addDistinctNumbers(sketch, values.subarray(0, length));
    }
    const found = distinctOf(sketch);
    error = found.error;
    squares += (found.estimate / count - 1) ** 2;
  }
  const nanoseconds = ((performance.now() - start) * 1e6) / sets;
  const found = Math.sqrt(squares / sets);
  // Four standard deviations of what so many sets find.
  const most = error * (1 + 4 / Math.sqrt(2 * sets));
  if (!(found <= most))
    throw new Disagreement(`distinct, ${count} values: error ${found} of ${sets} sets, at most ${most}`);
  row({
    name: `distinct, ${count} values: ${sets} sets`,
    min: nanoseconds,
    median: nanoseconds,
    perValue: nanoseconds / count,
    against: `error ${percent(found)}`,
    target: `${percent(error)}`,
    reached: found <= most,
  });
}
