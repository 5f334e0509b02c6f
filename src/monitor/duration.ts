/** Lengths of time as people write them. */

/** Milliseconds, or a number with a unit: `500ms`, `30s`, `15m`, `1h`, `7d`, `1w`. */
export type Duration = number | string;

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Milliseconds of a duration.
 *
 * @param caller named in errors, with the option: `Monitor: window.duration`
 * @throws TypeError for what is neither a number nor a text, RangeError for texts of another form and for what is not finite and positive
 */
export function milliseconds(caller: string, duration: Duration): number {
  if (typeof duration !== "number" && typeof duration !== "string") {
    throw new TypeError(
      `${caller} must be milliseconds or a text like 15m, got ${duration === null ? "null" : typeof duration}`,
    );
  }
  const [, amount, unit] =
    typeof duration === "string" ? (/^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)\s*$/.exec(duration) ?? []) : [];
  const value = typeof duration === "number" ? duration : Number(amount) * (units[unit ?? ""] ?? Number.NaN);
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${caller} must be a positive time, such as 30s, 15m, 1h or 7d, got ${duration}`);
}
