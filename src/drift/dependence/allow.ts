/** A column's p-values, allowing for rows that depend on each other. */
import { groupsByRow, numbersByRow, presence } from "../../column/by-row.js";
import type { FixedColumn, TextColumn } from "../../column/column.js";
import type { ColumnFindings, SideColumn } from "../columns.js";
import { methods } from "../methods.js";
import type { Availability, DependenceReport } from "../report.js";
import type { Dependence, Found, Sizes } from "./dependence.js";
import { inflatedP, type LawName } from "./inflated.js";
import { dependsOnNeighbours } from "./neighbours.js";
import { type Codes, numberScores } from "./scores.js";

type Judged = FixedColumn | TextColumn;

/** Degrees of freedom that a p-value on numbers is taken to have where its method does not name its law: ten bins. */
const unnamedDegrees = 9;

/** The findings with p-values that allow for dependence; as they are where nothing was tested. */
export function allowing(
  found: ColumnFindings,
  reference: SideColumn,
  current: SideColumn,
  dependence: Dependence,
): ColumnFindings {
  if (!isJudged(reference) || !isJudged(current) || found.availability === null) return found;
  const { value, availability } = found;
  const part = dependence.part(reference);
  const ofValues = value?.pValue == null ? null : valuesOf(found, part, dependence);
  const ofStates = availability.pValue === null ? null : statesOf(availability, part, dependence);
  if (ofValues === null && ofStates === null) return found;
  const inflate = <T extends { readonly pValue: number | null }>(one: T, law: LawName, by: Found): T => ({
    ...one,
    pValue: one.pValue === null ? null : inflatedP(one.pValue, law, by),
  });
  const law = lawOf(found);
  const { resolution } = value ?? {};
  return {
    ...found,
    value:
      value && ofValues
        ? {
            ...inflate(value, law, ofValues),
            ...(resolution !== undefined && { resolution: inflatedP(resolution, law, ofValues) }),
          }
        : value,
    availability: ofStates ? inflate(availability, "normal", ofStates) : availability,
    dependence: reportOf(dependence.by, ofValues, ofStates),
    warnings: [...found.warnings, ...warningsOf(found, current, dependence, ofValues ?? ofStates!)],
  };
}

/** What the statistic's law is like. */
function lawOf({ method, categories }: ColumnFindings): LawName {
  if (categories) return { chiSquare: Math.max(1, categories.reference + categories.newCategories.count - 1) };
  return methods.get(method ?? "")?.law ?? { chiSquare: unnamedDegrees };
}

function reportOf(by: DependenceReport["by"], values: Found | null, states: Found | null): DependenceReport {
  const { reach, correlation } = values ?? states!;
  return { by, reach, correlation, values: values?.factor ?? null, availability: states?.factor ?? null };
}

/** Without being told of dependence: a warning where it shows, and where a smaller p-value could matter. */
export function warned(
  found: ColumnFindings,
  reference: SideColumn,
  current: SideColumn,
  possibleLevel: number,
): ColumnFindings {
  const { status, value, level = 0 } = found;
  if (status !== "ok" || value?.pValue == null || value.pValue > Math.max(level, possibleLevel)) return found;
  const asCategories = found.categories !== null;
  const depends = [reference, current].some((side) => isJudged(side) && dependsOnNeighbours(side, asCategories));
  if (!depends) return found;
  const warning = "rows depend on their neighbours, so that p-values are too small; the option blocks allows for it";
  return { ...found, warnings: [...found.warnings, warning] };
}

function warningsOf(
  found: ColumnFindings,
  current: SideColumn,
  { by }: Dependence,
  { reach, warning }: Found,
): string[] {
  const shuffled =
    by === "blocks" && reach === 0 && isJudged(current) && dependsOnNeighbours(current, found.categories !== null);
  return [
    ...(warning === null ? [] : [warning]),
    ...(shuffled
      ? ["current rows depend on their neighbours and the reference's do not: is it in another order?"]
      : []),
  ];
}

function isJudged(side: SideColumn): side is Judged {
  return side !== null && "chunks" in side && side.kind !== "vector";
}

function valuesOf(found: ColumnFindings, part: Judged, dependence: Dependence): Found {
  const sizes = sizesOf(found, ({ value, empty, positiveInfinity, negativeInfinity }) =>
    found.categories === null || part.kind !== "categorical"
      ? value + positiveInfinity + negativeInfinity
      : value + empty,
  );
  if (part.kind === "categorical" || found.categories !== null) {
    return dependence.ofCodes(chosen(groupsByRow(part).groups, dependence), sizes);
  }
  return dependence.ofScores(numberScores(chosen(numbersByRow(part), dependence)), sizes);
}

function statesOf(
  { reference, current }: { readonly reference: Availability; readonly current: Availability },
  part: Judged,
  dependence: Dependence,
): Found {
  const side = ({ rows }: Availability) => ({ rows, share: 1 });
  return dependence.ofCodes(chosen(stateCodes(part), dependence), {
    reference: side(reference),
    current: side(current),
  });
}

function sizesOf({ availability }: ColumnFindings, valuesOf: (side: Availability) => number): Sizes {
  const side = (one: Availability) => ({ rows: one.rows, share: one.rows === 0 ? 0 : valuesOf(one) / one.rows });
  return { reference: side(availability!.reference), current: side(availability!.current) };
}

function chosen<T extends Float64Array | Int32Array>(all: T, { rows }: Dependence): T {
  return rows === null ? all : ((all.constructor as Int32ArrayConstructor).from(rows, (row) => all[row]!) as T);
}

/** What a row holds: a value, null, NaN, either infinity or the empty text. */
function stateCodes(column: Judged): Codes {
  const present = presence(column);
  if (column.kind === "categorical") {
    const { groups, values } = groupsByRow(column);
    const empty = values.indexOf("");
    return groups.map((group) => (group < 0 ? 1 : group === empty ? 5 : 0));
  }
  const values = numbersByRow(column);
  return Int32Array.from(values, (value, row) => {
    if (present[row] === 0) return 1;
    return Number.isNaN(value) ? 2 : Number.isFinite(value) ? 0 : value > 0 ? 3 : 4;
  });
}
