/** Streaming detectors: one value at a time, constant or logarithmic work, state that is plain data. */

export type DetectorStatus = "stable" | "warning" | "drift";

/** Plain data that survives JSON; `detector` is its name. */
export interface DetectorState {
  readonly detector: string;
  /** All of them, with thresholds that were computed. */
  readonly options: { readonly [option: string]: number | string | null };
  readonly [field: string]: unknown;
}

export interface Detector<State extends DetectorState = DetectorState> {
  readonly name: string;
  /**
   * Looks at one more value. After `drift` the detector begins anew, as its method says.
   *
   * @throws RangeError for values outside of what the method takes; NaN and infinities always
   */
  update(value: number): DetectorStatus;
  /** To go on later: `restoreDetector(state)` continues as if nothing had happened. */
  state(): State;
}
