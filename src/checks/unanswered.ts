/**
 * Why a metric that is there does not answer a check. What a window had to have, and has not, must not look like a pass: a
 * mean of no values, a verdict on a column that vanished. It is an error, or a warning where the check is not critical. Where
 * there is nothing that was to be expected, as in a segment that is too small, the check is skipped.
 */
import type { MetricDefinition } from "../metrics/definition.js";
import type { Metric, MetricSide, MetricValue } from "../metrics/metric.js";
import type { MetricIndex } from "./metric-index.js";
import type { Unresolved } from "./operand.js";
import type { Check } from "./suite.js";

/** Verdicts, which say no where nothing could be judged. */
const verdicts: ReadonlySet<string> = new Set([
  ...["drifted", "severity", "driftedColumns", "driftedShare", "possibleColumns"],
]);

/** @returns `null` where the metric answers */
export function unanswered(
  check: Check,
  definition: MetricDefinition,
  metric: Metric,
  index: MetricIndex,
): Unresolved | null {
  const unjudged = verdicts.has(metric.metric) && !isJudged(metric, index);
  if (!unjudged && (metric.value !== null || metric.interval !== undefined)) return null;
  const because = metric.column === null ? null : index.columnReason(metric.segment, metric.column);
  const reason = `it ${unjudged ? "could not be judged" : "has no value"}${because ? `: ${because}` : ""}`;
  return isLost(check, definition, metric, index) ? lost(check, reason) : { status: "skip", reason };
}

export function lost({ critical = true }: Check, reason: string): Unresolved {
  return { status: critical ? "error" : "warn", reason };
}

/** Why a segment has no metrics; lost where it is named and the current side has none of its rows. */
export function segmentUnanswered(check: Check, segment: string | null, index: MetricIndex): Unresolved | null {
  const reason = segment === null ? null : index.segmentReason(segment);
  if (segment === null || !reason) return null;
  const vanished = check.segment !== "*" && knownValue(index, segment, "segmentStatus", null, null) === "vanished";
  return vanished ? lost(check, reason) : { status: "skip", reason };
}

function isJudged({ segment, column }: Metric, index: MetricIndex): boolean {
  if (column === null) return knownValue(index, segment, "judgedColumns", null, null) !== 0;
  return knownValue(index, segment, "signal", column, null) !== null;
}

/** Whether it has no value because a side has none at all, which the other side or the check's author expected. */
export function isLost(check: Check, { subjects }: MetricDefinition, metric: Metric, index: MetricIndex): boolean {
  const { segment, column, of } = metric;
  const blocked = segmentUnanswered(check, segment, index);
  if (blocked) return blocked.status !== "skip";
  const side = metric.side ?? "current";
  const count = (name: string, owner: string | null, one: MetricSide = side): MetricValue =>
    knownValue(index, segment, name, owner, one);
  if (column === null) {
    return count(subjects.includes("model") || subjects.includes("class") ? "modelRows" : "rows", null) === 0;
  }
  const named = check.column !== "*";
  return (subjects.includes("pair") && of !== null ? [column, of] : [column]).some((owner) => {
    const status = knownValue(index, segment, "status", owner, null);
    if (status === "missing-in-current" || status === "type-changed") return true;
    if (status === "missing-in-reference") return named;
    const reference = count("values", owner, "reference");
    return count("values", owner) === 0 && (named || (typeof reference === "number" && reference > 0));
  });
}

function knownValue(
  index: MetricIndex,
  segment: string | null,
  name: string,
  column: string | null,
  side: MetricSide | null,
): MetricValue {
  return (
    index
      .of(segment, name)
      .get(column)
      ?.find((metric) => metric.side === side)?.value ?? null
  );
}
