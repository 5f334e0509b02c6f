// What a thread has spent on a processor: other processes take their time away from the wall clock's.
import { closeSync, existsSync, openSync, readSync } from "node:fs";

/** Nanoseconds of this process' main thread (Linux), else those that passed. */
export function busyClock() {
  const path = `/proc/${process.pid}/task/${process.pid}/schedstat`;
  if (!existsSync(path)) return { now: () => performance.now() * 1e6, close() {} };
  const file = openSync(path, "r");
  const bytes = Buffer.alloc(64);
  return {
    now: () => Number(bytes.toString("latin1", 0, readSync(file, bytes, 0, 64, 0)).split(" ")[0]),
    close: () => closeSync(file),
  };
}

/**
 * Watches the turns of this thread's event loop: what each spends on a processor, and how late timers are.
 *
 * @returns what ends it, and tells milliseconds
 */
export function watchTurns() {
  const clock = busyClock();
  const [turns, delays] = [[], []];
  const [begun, cpu, since] = [performance.eventLoopUtilization(), clock.now(), performance.now()];
  let [last, due] = [cpu, since + 1];
  let timer = setTimeout(look, 1);
  function look() {
    const [now, at] = [clock.now(), performance.now()];
    turns.push((now - last) / 1e6);
    delays.push(Math.max(0, at - due));
    [last, due] = [now, at + 1];
    timer = setTimeout(look, 1);
  }
  return () => {
    clearTimeout(timer);
    const seconds = (performance.now() - since) / 1000;
    const busy = (clock.now() - cpu) / 1e9 / seconds;
    clock.close();
    for (const all of [turns, delays]) all.sort((a, b) => a - b);
    const p99 = (sorted) => sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0;
    return {
      ...{ busy, utilization: performance.eventLoopUtilization(begun).utilization },
      turn: { p99: p99(turns), most: turns.at(-1) ?? 0, over10: turns.filter((turn) => turn > 10).length },
      delay: { p99: p99(delays), most: delays.at(-1) ?? 0 },
    };
  };
}
