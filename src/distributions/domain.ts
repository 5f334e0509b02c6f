/** Checks of parameters: every public function of this folder makes them before a kernel runs. */

/** @throws RangeError unless `value` is a positive number; infinity passes where `finite` is false */
export function positive(name: string, parameter: string, value: number, finite = true): void {
  if (!(value > 0) || (finite && value === Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name}: ${parameter} must be positive${finite ? " and finite" : ""}, got ${shown(value)}`);
  }
}

/** @throws RangeError unless `value` is an integer of at least 1 */
export function count(name: string, parameter: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new RangeError(`${name}: ${parameter} must be a positive integer, got ${shown(value)}`);
  }
}

/** @throws RangeError unless `value` is an integer from 0 to `most` */
export function whole(name: string, parameter: string, value: number, most = Number.MAX_SAFE_INTEGER): void {
  if (!(Number.isSafeInteger(value) && value >= 0 && value <= most)) {
    throw new RangeError(`${name}: ${parameter} must be an integer from 0 to ${most}, got ${shown(value)}`);
  }
}

/** @throws RangeError unless `value` is NaN or lies in [0, 1] */
export function probability(name: string, value: number): void {
  if (value < 0 || value > 1) throw new RangeError(`${name}: a probability lies in [0, 1], got ${shown(value)}`);
}

/** @throws RangeError unless `value`, a parameter of the law, lies in [0, 1] */
export function chance(name: string, parameter: string, value: number): void {
  if (!(value >= 0 && value <= 1))
    throw new RangeError(`${name}: ${parameter} must lie in [0, 1], got ${shown(value)}`);
}

/** @throws RangeError unless `value` is finite */
export function finite(name: string, parameter: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name}: ${parameter} must be finite, got ${shown(value)}`);
}

/** What came instead of a number: `map` passes an array as a third argument, and its numbers help nobody. */
function shown(value: unknown): string {
  return typeof value === "number"
    ? String(value)
    : Array.isArray(value) || ArrayBuffer.isView(value)
      ? "an array"
      : typeof value;
}
