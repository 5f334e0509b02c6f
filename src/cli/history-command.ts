/** From the words of a command line to what is asked of a store. */
import { milliseconds } from "../monitor/duration.js";
import { storeAddress } from "../store/store-address.js";
import { UsageError } from "./usage-error.js";
import { countOf, given } from "./values.js";
import type { OptionValues } from "./words.js";

export interface HistoryCommand {
  readonly command: "history";
  readonly dataset: string;
  /** Left out: all. */
  readonly column: string | undefined;
  readonly store: string;
  /** Left out: scores and verdicts. */
  readonly metric: string | undefined;
  /** Left out: of all rows. */
  readonly segment: string | undefined;
  /** Milliseconds since 1970. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly limit: number;
  readonly json: boolean;
}

/** @throws UsageError in words for the person who typed it */
export function historyCommand(values: OptionValues, words: readonly string[]): HistoryCommand {
  const [dataset, column] = words;
  if (dataset === undefined || words.length > 2) {
    throw new UsageError(`history needs a dataset, and perhaps a column, got ${words.length} words`);
  }
  if (values.json !== undefined && values.json !== "-") throw new UsageError("--json takes no file with history");
  const store = storeOf(values);
  if (store === undefined) throw new UsageError("history needs --store, where runs were written");
  const now = Date.now();
  const from = given(values.from, (text) => timeOf("from", text, now));
  const to = given(values.to, (text) => timeOf("to", text, now));
  if (from !== undefined && to !== undefined && from >= to) throw new UsageError("--from must lie before --to");
  return {
    command: "history",
    ...{ dataset, column, store, metric: values.metric, segment: values.segment, from, to },
    limit: given(values.limit, (text) => countOf("limit", text, 1)) ?? 100,
    json: values.json !== undefined,
  };
}

/** @throws UsageError for an address that names no store; it may hold a password, and is not repeated */
export function storeOf({ store }: OptionValues): string | undefined {
  if (store === undefined) return undefined;
  try {
    storeAddress("--store", store);
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/^--store: /, "--store "));
  }
  return store;
}

const moment = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/i;

/** `2026-11-26`, `2026-11-26T10:00` (UTC, if nothing else is said), or how long ago, as `7d`. */
function timeOf(option: string, text: string, now: number): number {
  const [, day, time = "00:00", zone = "Z"] = moment.exec(text) ?? [];
  if (day !== undefined) {
    const found = Date.parse(`${day}T${time}${zone}`);
    if (Number.isFinite(found)) return found;
  } else if (/^\s*[\d.]+\s*[a-z]+\s*$/.test(text)) {
    try {
      return now - milliseconds("", text);
    } catch {
      // Told below.
    }
  }
  throw new UsageError(
    `--${option} needs a time, as 2026-11-26 or 2026-11-26T10:00, or how long ago, as 7d, got ${JSON.stringify(text)}`,
  );
}
