/** The verdict on a whole dataset. */
import { apart } from "./change.js";
import type { Settings } from "./options.js";
import type { ColumnReport, DatasetVerdict } from "./report.js";

type Rule = Pick<Settings, "datasetRule" | "share" | "weights">;

/** Drifted when at least `share` of the judged columns, or of their weights, drifted; or when any did. */
export function datasetVerdict(
  reports: readonly ColumnReport[],
  { datasetRule, share: enough, weights }: Rule,
): DatasetVerdict {
  const judged = reports.filter(({ status, drifted }) => status === "ok" || drifted);
  const driftedColumns = judged.filter(({ drifted }) => drifted).length;
  const possibleColumns = reports.filter(({ severity }) => severity === "possible").length;
  const given = ({ column }: ColumnReport): number =>
    weights && Object.hasOwn(weights, column) ? weights[column]! : 1;
  // Sums of huge weights would overflow.
  const heaviest = Math.max(...judged.map(given)) || 1;
  const weightOf = (one: ColumnReport): number => given(one) / heaviest;
  const weigh = (some: readonly ColumnReport[]): number => some.reduce((sum, one) => sum + weightOf(one), 0);
  const all = weigh(judged);
  const share = all > 0 ? weigh(judged.filter(({ drifted }) => drifted)) / all : null;
  const rule = datasetRule === "any" ? "any" : weights ? "weighted-share" : "share";
  // Sums of weights are rounded: a share that is meant to be the threshold reaches it.
  const reached = share !== null && share >= enough * (1 - 1e-12);
  const drifted = rule === "any" ? driftedColumns > 0 : reached;
  const threshold = rule === "any" ? null : enough;
  const open = judged.filter(({ severity, bounds }) => severity === "unresolved" && bounds !== undefined);
  const atMost = rule === "any" ? open.length > 0 : (share ?? 0) + weigh(open) / all >= enough * (1 - 1e-12);
  const counts = { columns: reports.length, judged: judged.length, driftedColumns, possibleColumns };
  return {
    drifted,
    rule,
    share,
    threshold,
    ...counts,
    reason: `${reasonOf({ drifted, rule, share, threshold, ...counts })}${
      !drifted && open.length > 0 && atMost ? `; with ${open.length} left open by profiles it may be drift` : ""
    }`,
  };
}

function reasonOf(verdict: Omit<DatasetVerdict, "reason">): string {
  const { drifted, rule, share, threshold, columns, judged, driftedColumns } = verdict;
  if (judged === 0) return "no column could be judged";
  const rest = columns > judged ? `; ${columns - judged} not judged` : "";
  const found = `${driftedColumns} of ${judged} judged columns drifted`;
  if (rule === "any") return `${found}${rest}`;
  if (share === null) return `${found}, but none of them has a weight${rest}`;
  const [reached, enough] = apart((digits) => [percent(share, digits), percent(threshold!, digits)], 3, 17);
  const what = rule === "share" ? reached : `${reached} of the weights`;
  return `${found}, ${what} ${drifted ? "≥" : "<"} ${enough}${rest}`;
}

function percent(share: number, digits: number): string {
  return `${Number((100 * share).toPrecision(digits))} %`;
}
