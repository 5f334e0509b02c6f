/** One column of one table as one task. */
import type { Column } from "../../column/column.js";
import type { ColumnProfile } from "../../profile/profile.js";
import type { AnyColumn } from "../prepare.js";
import { columnQuality } from "./column-quality.js";
import type { ColumnQuality } from "./quality-report.js";
import { type HashedInto, hashInto } from "./row-quality.js";

export interface QualityTask {
  readonly column: AnyColumn | ColumnProfile;
  /** `null` of what has kept no rows. */
  readonly into: HashedInto | null;
}

export interface QualityFound {
  readonly quality: ColumnQuality;
  readonly hash: string | null;
}

/** The hash comes last: what is done again adds nothing twice. */
export function qualityOf({ column, into }: QualityTask): QualityFound {
  return { quality: columnQuality(column), hash: into && hashInto(column as Column, into) };
}
