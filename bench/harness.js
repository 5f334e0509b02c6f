// What every benchmark is given: agreement before anything is timed, and rows of figures against targets.
import { measure } from "./measure.js";

/** An answer that differs from a peer's. */
export class Disagreement extends Error {}

/**
 * @param onRow called with each finished row
 * @returns `size` values a side, the `peers`, `agree` and the ways to make a row
 */
export function harness({ peers, size, rounds, time, onRow }) {
  const budget = { rounds, time };
  return {
    size,
    rounds,
    peers,
    agree,
    row: onRow,

    /**
     * Our time next to that of others, and to that of only reading `data`: a row for each of `others`, or one for the
     * only one that is named here.
     *
     * @param against a function or a peer; those that are `null` get no row
     * @param target `{ faster: k }` than `against`, `{ slower: k }` than it at most, `{ reading: k }` times the time of
     *   only reading at most, or `{ under: nanoseconds }`; may be left out
     */
    async compare({ name, ours, data, against = null, versus, target, others = [{ against, versus, target }] }) {
      const reader = await peers.reader(data);
      const rivals = others.map((other) => other.against ?? null);
      const [own, reading, ...times] = await measureSome([ours, reader, ...rivals], budget);
      reader?.stop();
      const values = data.reduce((sum, { length }) => sum + length, 0);
      const rows = others.map(({ versus, target }, k) => {
        const ratios = times[k] && ratiosOf(own, times[k], target);
        const multiple = reading && own.median / reading.median;
        return {
          name,
          ...own,
          perValue: own.median / values,
          gigabytes: (values * 8) / own.median,
          reading: multiple,
          against: times[k] && `${versus} ${duration(times[k].median)}`,
          ratio: ratios && `${rounded(ratios.median)}× (${rounded(ratios.min)}×)`,
          target: target && targetOf(target),
          reached: target ? reached(target, own.median, ratios, multiple) : null,
        };
      });
      const found = rows.filter((row, k) => row.against || others[k].target?.reading);
      for (const row of found.length > 0 ? found : rows.slice(0, 1)) onRow(row);
    },
  };
}

/** Nanoseconds as people read them. */
export function duration(nanoseconds) {
  if (nanoseconds < 1e6) return `${rounded(nanoseconds / 1e3)} µs`;
  return nanoseconds < 1e9 ? `${rounded(nanoseconds / 1e6)} ms` : `${rounded(nanoseconds / 1e9)} s`;
}

/** Three digits. */
export const rounded = (x) => (x >= 100 ? x.toFixed(0) : x.toPrecision(3));

async function measureSome(contestants, budget) {
  const measured = await measure(contestants.filter(Boolean), budget);
  return contestants.map((contestant) => (contestant ? measured.shift() : null));
}

function ratiosOf(own, other, target) {
  const [above, below] = target?.slower ? [own, other] : [other, own];
  return { median: above.median / below.median, min: above.min / below.min };
}

function targetOf({ faster, slower, reading, under }) {
  if (reading) return `≤ ${reading}× reading`;
  if (faster) return `≥ ${faster}× faster`;
  return slower ? `≤ ${slower}× the time` : `< ${duration(under)}`;
}

function reached({ faster, reading, slower, under }, nanoseconds, ratios, multiple) {
  if (reading) return multiple && multiple <= reading;
  if (under) return nanoseconds < under;
  if (!ratios) return null;
  return faster ? ratios.median >= faster : ratios.median <= slower;
}

/**
 * Requires every answer of `theirs` in `ours`, up to a relative difference.
 *
 * @throws Disagreement
 */
function agree(name, ours, theirs, tolerance = 0) {
  for (const [key, wanted] of Object.entries(theirs ?? {})) {
    const got = ours[key];
    const same = Array.isArray(wanted)
      ? wanted.every((x, k) => near(got[k], x, tolerance))
      : near(got, wanted, tolerance);
    if (!same) throw new Disagreement(`${name}: ${key} is ${got}, and ${wanted} for the peer`);
  }
}

function near(x, y, tolerance) {
  return Object.is(x, y) || x === y || Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y));
}
