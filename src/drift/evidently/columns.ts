/** One column of both tables as Evidently judges it, or the reason why it cannot. */
import type { Column, FixedColumn, Table, TextColumn } from "../../column/column.js";
import { completeRows, pickRows } from "../../engine/vector-rows.js";
import { MemoryError } from "../../engine/workspace.js";
import { answerNow } from "../../source/plan.js";
import { withSides } from "../../source/sides.js";
import { moments } from "../../statistics/moments.js";
import type { ColumnReport, ColumnStatus, Shape, Summary } from "../report.js";
import { categoryShape, shapeOfValues } from "../shape.js";
import { type EmbeddingMethod, embeddingDrift, type Vectors } from "./embeddings.js";
import { type EvidentlyKind, kindOf } from "./kinds.js";
import { defaultMethod, type Judged, judge } from "./methods.js";
import { chosenFor, type EvidentlyOptions, own } from "./options.js";
import { countsOf, type NumberSide, rowNumbers, type Side, sideOf } from "./side.js";
import { embeddingReason, reasonOf } from "./words.js";

/** Everything of a report that a column has before it was looked at. */
function blank(column: string, [before, after]: readonly [Found, Found]) {
  const kind = (after && "kind" in after && after.kind) || (before && "kind" in before && before.kind) || null;
  return {
    column,
    kind,
    type: [typeOf(before), typeOf(after)] as const,
    method: null,
    statistic: null,
    pValue: null,
    adjustedPValue: null,
    exact: true,
    signal: null,
    effect: null,
    effectName: null,
    threshold: null,
    effects: [],
    drifted: false,
    severity: "none",
    availability: null,
    summary: null,
    shape: null,
    change: "",
    changes: [],
    warnings: [],
    categories: null,
    dependence: null,
  } as const;
}

type Found = Column | { readonly unsupported: string } | null;

function found({ columns, unsupported }: Table, name: string): Found {
  const refused = unsupported.get(name);
  return columns.get(name) ?? (refused === undefined ? null : { unsupported: refused });
}

function typeOf(column: Found): string | null {
  if (!column) return null;
  return "unsupported" in column ? column.unsupported : column.type;
}

/** A column by its name. */
export function columnReport(before: Table, after: Table, name: string, options: EvidentlyOptions): ColumnReport {
  const sides = [found(before, name), found(after, name)] as const;
  const start = blank(name, sides);
  const unjudged = (status: ColumnStatus, reason: string): ColumnReport => ({ ...start, status, reason });
  const [reference, current] = sides;
  if (!reference) return unjudged("missing-in-reference", "the reference has no such column");
  if (!current) return unjudged("missing-in-current", "the current side has no such column");
  if ("unsupported" in reference || "unsupported" in current) {
    const type = "unsupported" in reference ? start.type[0] : start.type[1];
    return unjudged("unsupported", `columns of type ${type} cannot be compared`);
  }
  try {
    if (reference.kind === "vector" || current.kind === "vector") {
      if (reference.kind !== "vector" || current.kind !== "vector" || reference.dimension !== current.dimension) {
        return unjudged("type-changed", `the column changed from ${reference.type} to ${current.type}`);
      }
      return {
        ...start,
        ...embeddingFindings(vectorsOf(reference), vectorsOf(current), own(options.embeddingMethods, name)),
      };
    }
    if (reference.kind === "temporal" || current.kind === "temporal") {
      return unjudged("not-asked", "Evidently leaves points in time out");
    }
    return { ...start, ...columnFindings(reference, current, name, options) };
  } catch (error) {
    if (error instanceof MemoryError) return unjudged("too-large", error.message);
    throw error;
  }
}

type Findings = Pick<ColumnReport, "status" | "reason"> & Partial<ColumnReport>;

function columnFindings(
  before: FixedColumn | TextColumn,
  after: FixedColumn | TextColumn,
  name: string,
  options: EvidentlyOptions,
): Findings {
  const [reference, current] = [sideOf(before), sideOf(after)];
  const kind = own(options.kinds, name) ?? kindOf(after, current)!;
  for (const [side, which] of [
    [reference, "the reference"],
    [current, "the current side"],
  ] as const) {
    if (side.length === 0) return { status: "empty", reason: `${which} does not have any value` };
  }
  const chosen = chosenFor(options, name, kind);
  const method = chosen.method ?? defaultMethod(reference, current, kind);
  const about = { method, ...pictures(reference, current, kind) };
  const judged = judge(method, reference, current, kind, {
    threshold: chosen.threshold,
    byName: chosen.method !== undefined,
  });
  if ("refused" in judged) return { ...about, status: "unsupported", reason: judged.refused };
  return {
    ...about,
    ...numbersOf(judged),
    status: judged.score === null ? "constant" : "ok",
    reason: reasonOf(judged),
  };
}

/** Scores that are p-values stand as such, all others as effects. */
function numbersOf({ method, score, isPValue, threshold, limit, drifted }: Judged): Partial<ColumnReport> {
  const effects = isPValue ? [] : [{ name: method, value: score, threshold: limit }];
  return {
    statistic: score,
    pValue: isPValue ? score : null,
    adjustedPValue: isPValue ? score : null,
    signal: "values",
    effect: effects[0]?.value ?? null,
    effectName: effects[0]?.name ?? null,
    threshold: isPValue ? threshold : limit,
    effects,
    drifted,
    severity: drifted ? "drift" : "none",
  };
}

function pictures(
  reference: Side,
  current: Side,
  kind: EvidentlyKind,
): { shape: Shape | null; summary: ColumnReport["summary"] } {
  if (kind === "num" && reference.form === "numbers" && current.form === "numbers") {
    const shape = withSides("compare", reference.values, current.values, (x, y) => answerNow(shapeOfValues(), x, y));
    return { shape, summary: { reference: summaryOf(reference), current: summaryOf(current) } };
  }
  return { shape: kind === "text" ? null : categoryShape(named(reference), named(current)), summary: null };
}

function named(side: Side): Map<string, number> {
  return new Map([...countsOf(side)].map(([key, count]) => [String(key), count]));
}

function summaryOf({ values }: NumberSide): Summary {
  const { mean, standardDeviation, min, max } = moments(values);
  return { mean, standardDeviation, min, max };
}

/** An embedding that consists of several columns of numbers: rows in which one is missing are left out. */
export function embeddingReport(
  before: Table,
  after: Table,
  { name, components }: { readonly name: string; readonly components: readonly string[] },
  options: EvidentlyOptions,
): ColumnReport {
  const start = { ...blank(name, [null, null]), kind: "vector" } as const;
  const sides = [before, after].map((table) => rowsOf(table, components));
  const wrong = sides.find((side) => "refused" in side);
  if (wrong) return { ...start, status: "unsupported", reason: (wrong as { refused: string }).refused };
  const [reference, current] = sides as [Vectors, Vectors];
  return { ...start, ...embeddingFindings(reference, current, own(options.embeddingMethods, name)) };
}

function embeddingFindings(reference: Vectors, current: Vectors, chosen: EmbeddingMethod | undefined): Findings {
  for (const [side, which] of [
    [reference, "the reference"],
    [current, "the current side"],
  ] as const) {
    if (side.rows === 0) return { status: "empty", reason: `${which} does not have any complete row` };
  }
  const judged = embeddingDrift(reference, current, chosen);
  if ("refused" in judged) return { status: "unsupported", reason: judged.refused, method: chosen?.method ?? "model" };
  const { method, score, limit, drifted } = judged;
  return {
    ...numbersOf({ ...judged, isPValue: false, comparison: ">" }),
    method,
    status: "ok",
    reason: embeddingReason(score, limit, drifted),
  };
}

function vectorsOf(column: Column & { kind: "vector" }): Vectors {
  const { complete } = completeRows(column);
  const chosen = Array.from(complete.keys()).filter((row) => complete[row] === 1);
  return finiteRows(pickRows(column, chosen), column.dimension);
}

/** Rows without a missing or infinite component. */
function finiteRows(values: Float64Array, dimension: number): Vectors {
  const rows = values.length / dimension;
  const kept = Array.from({ length: rows }, (_, row) => values.subarray(row * dimension, (row + 1) * dimension)).filter(
    (row) => row.every(Number.isFinite),
  );
  if (kept.length === rows) return { values, rows, dimension };
  const finite = new Float64Array(kept.length * dimension);
  kept.forEach((row, k) => {
    finite.set(row, k * dimension);
  });
  return { values: finite, rows: kept.length, dimension };
}

function rowsOf({ columns, rows }: Table, components: readonly string[]): Vectors | { refused: string } {
  const dimension = components.length;
  const values = new Float64Array(rows * dimension);
  for (const [at, name] of components.entries()) {
    const column = columns.get(name);
    if (column?.kind !== "numeric") return { refused: `${name} is not a column of numbers on both sides` };
    const numbers = rowNumbers(column);
    for (let row = 0; row < rows; row++) values[row * dimension + at] = numbers[row]!;
  }
  return finiteRows(values, dimension);
}
