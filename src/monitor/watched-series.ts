/** Streaming detectors of series and of columns: each looks at every value as it comes. */
import { numbersByRow } from "../column/by-row.js";
import type { Table } from "../column/column.js";
import type { Detector, DetectorState } from "../detectors/detector.js";
import { detector, restoreDetector } from "../detectors/methods.js";
import type { Settings } from "./settings.js";
import type { SeriesDetection } from "./window-result.js";

/** Of one series, in the order of its options: what each detector knows, and how many values it has seen. */
export type SavedDetectors = ReadonlyMap<string, readonly { readonly state: DetectorState; readonly values: number }[]>;

interface Watching {
  readonly detector: Detector;
  values: number;
}

export class WatchedSeries {
  readonly #watching = new Map<string, Watching[]>();

  /** @throws TypeError, RangeError for detectors and options that there are not; as `restoreDetector` for states that are none */
  constructor(options: Settings["detectors"], saved?: SavedDetectors) {
    for (const [series, chosen] of Object.entries(options)) {
      const states = saved?.get(series);
      const own = chosen.map((one, k): Watching => {
        const { state, values } = states?.[k] ?? { state: null, values: 0 };
        const notKept = { random: one.random as (() => number) | undefined };
        return { detector: state ? restoreDetector(state, notKept) : detector(one), values };
      });
      this.#watching.set(series, own);
    }
  }

  /** Columns of a batch whose values are looked at, row by row; missing values are passed over. */
  ofRows(table: Table, times: Float64Array, arrival: number): SeriesDetection[] {
    const found: SeriesDetection[] = [];
    for (const name of this.#watching.keys()) {
      const column = table.columns.get(name);
      if (column?.kind !== "numeric" && column?.kind !== "boolean") continue;
      for (const [row, value] of numbersByRow(column).entries()) {
        if (Number.isNaN(value)) continue;
        const time = times[row]!;
        found.push(...this.update(name, value, Number.isNaN(time) ? arrival : time));
      }
    }
    return found;
  }

  /** A value that a detector does not take (infinite, or no error of 0 or 1) is none for it. */
  update(series: string, value: number, time: number): SeriesDetection[] {
    const found: SeriesDetection[] = [];
    for (const watching of this.#watching.get(series) ?? []) {
      const status = statusOf(watching.detector, value);
      if (status === null) continue;
      watching.values++;
      if (status === "stable") continue;
      found.push({ series, detector: watching.detector.name, status, time, values: watching.values });
    }
    return found;
  }

  state(): SavedDetectors {
    return new Map(
      Array.from(this.#watching, ([series, own]) => [
        series,
        own.map(({ detector, values }) => ({ state: detector.state(), values })),
      ]),
    );
  }
}

function statusOf(detector: Detector, value: number) {
  try {
    return detector.update(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
