// Timing. Everything that is compared with each other takes turns, so that a busy machine slows all of it alike.
import { Bench } from "tinybench";

/** Results go here, so that no call can be left out as useless. */
const sink = { sum: 0 };

/**
 * Times functions and peers in turns: in each round every one of them runs for `time` milliseconds, and at least twice.
 *
 * @returns for each the least and the median time of a run, in nanoseconds
 */
export async function measure(contestants, { rounds, time }) {
  for (const contestant of contestants) await timesOf(contestant, time);
  const times = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [k, contestant] of contestants.entries()) times[k].push(await timesOf(contestant, time));
  }
  return times.map((rounds) => summary(rounds.flat()));
}

export function summary(times) {
  const ascending = Float64Array.from(times).sort();
  const middle = ascending.length / 2;
  return { min: ascending[0], median: (ascending[Math.floor(middle)] + ascending[Math.ceil(middle) - 1]) / 2 };
}

function timesOf(contestant, time) {
  return typeof contestant === "function" ? timesOfFunction(contestant, time) : contestant.run(time);
}

/** What is asynchronous, timed as a peer is: for so many milliseconds, and at least twice. */
export function repeated(work) {
  return {
    async run(milliseconds) {
      const times = [];
      const end = performance.now() + milliseconds;
      while (times.length < 2 || performance.now() < end) {
        const start = performance.now();
        await work();
        times.push((performance.now() - start) * 1e6);
      }
      return times;
    },
  };
}

function timesOfFunction(work, time) {
  const bench = new Bench({ time, iterations: 2, warmup: false, retainSamples: true, throws: true });
  bench.add("work", () => {
    sink.sum += work();
  });
  bench.runSync();
  return bench.tasks[0].result.latency.samples.map((milliseconds) => milliseconds * 1e6);
}
