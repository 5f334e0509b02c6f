/** `smirnov compare --store`: the comparison becomes a run of a dataset. */
import { basename } from "node:path";
import type { DriftReport } from "../drift/report.js";
import type { MetricStore } from "../store/metric-store.js";
import { storeOf } from "./history-command.js";
import { UsageError } from "./usage-error.js";
import type { OptionValues } from "./words.js";

export interface StoreTarget {
  readonly url: string;
  /** Whose history it belongs to. */
  readonly dataset: string;
}

/** @throws UsageError for a dataset without a store, and for a name that there is not */
export function storeTarget(values: OptionValues, reference: string): StoreTarget | undefined {
  const url = storeOf(values);
  if (values.dataset !== undefined && url === undefined) throw new UsageError("--dataset needs --store");
  if (url === undefined) return undefined;
  if (values.dataset === "") throw new UsageError("--dataset needs a name, got none");
  return { url, dataset: values.dataset ?? nameOf(reference) };
}

/** Of the reference, which stays the same from one comparison to the next. */
function nameOf(reference: string): string {
  if (reference === "-") throw new UsageError("--store needs --dataset where the reference is the standard input");
  return basename(reference).replace(/\.\w+$/, "") || reference;
}

/** Before anything is compared: who cannot be written to says so at once. */
export async function openTarget({ url }: StoreTarget): Promise<MetricStore> {
  const { openStore } = await import("../store/open-store.js");
  return openStore(url);
}

export async function recordReport(
  store: MetricStore,
  { dataset }: StoreTarget,
  report: DriftReport,
  seconds: number,
): Promise<void> {
  const [{ runOfReport }, { configHash }] = await Promise.all([
    import("../store/run-of.js"),
    import("../store/config-hash.js"),
  ]);
  await store.record(runOfReport(report, { dataset, seconds, configHash: configHash(report.settings) }));
}
