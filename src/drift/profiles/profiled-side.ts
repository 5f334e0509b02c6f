/** One side of a comparison with a profile, as a profile: what is one stays, other columns are profiled. */
import type { FixedColumn } from "../../column/column.js";
import { commonUnit } from "../../column/units.js";
import { denseOf } from "../../engine/dense.js";
import type { ColumnProfile, NumberProfile } from "../../profile/profile.js";
import { profileColumn } from "../../profile/profile-column.js";
import type { Prepared } from "../../source/prepared.js";
import type { AnyColumn } from "../prepare.js";

/** Whether a column is one of a profile. */
export function isColumnProfile(column: AnyColumn | ColumnProfile): column is ColumnProfile {
  return "distinct" in column && !("prepared" in column);
}

type Numbers = FixedColumn | Prepared | NumberProfile;

/** Of a prepared column it is found once. */
const known = new WeakMap<Prepared, NumberProfile>();

/** A column of numbers in units of `unitsPerSecond`; `null` where it counts time in finer ones, or is a profile in others. */
export function profiledNumbers(column: Numbers, unitsPerSecond: number): NumberProfile | null {
  if ("chunks" in column) {
    const unit: FixedColumn = { kind: column.kind, type: column.type, unitsPerSecond, rows: 0, chunks: [] };
    if (column.unitsPerSecond > unitsPerSecond) return null;
    return profileColumn(commonUnit(column, unit)[0]) as NumberProfile;
  }
  if (column.unitsPerSecond !== unitsPerSecond) return null;
  if (!("prepared" in column)) return column;
  const last = known.get(column);
  if (last) return last;
  const { values, kind, type, missing } = column;
  const { chunks } = denseOf(values);
  const rows: FixedColumn = {
    ...{ kind: kind as FixedColumn["kind"], type, unitsPerSecond },
    ...{ rows: values.length, chunks },
  };
  const found = profileColumn(rows) as NumberProfile;
  const profile = { ...found, missing };
  known.set(column, profile);
  return profile;
}
