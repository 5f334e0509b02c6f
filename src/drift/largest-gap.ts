/** Where a walk over both sides found their distribution functions farthest apart, as plain data. */
import type { WalkResult } from "../statistics/full-walk.js";
import { plain } from "../statistics/plain.js";

/** Of n and m values. */
export interface LargestGap extends Pick<WalkResult, "n" | "m" | "upTo"> {
  /** `null` where they are the same. */
  readonly location: number | string | null;
}

export function largestGapOf({ location, n, m, upTo }: WalkResult): LargestGap {
  return { location: plain(location), n, m, upTo };
}
