/** Checks of options and other settings: every public function makes them before it looks at data. */

/** What came, as messages say it. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return "an array";
  return typeof value === "object" && value !== null
    ? "an object"
    : typeof value === "function"
      ? "a function"
      : String(value);
}

/** @throws TypeError for options that are no object, RangeError for an option that there is not */
export function knownOptions<T extends object>(
  caller: string,
  options: T,
  names: readonly (T extends unknown ? keyof T : never)[],
): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`${caller}: options must be an object, got ${shown(options)}`);
  }
  const known: readonly PropertyKey[] = names;
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new RangeError(`${caller}: there is no option ${JSON.stringify(unknown)}, but ${names.join(", ")}`);
}

/** @throws TypeError for what is neither true nor false */
export function truthValue(caller: string, name: string, value: unknown): void {
  if (typeof value !== "boolean") throw new TypeError(`${caller}: ${name} must be true or false, got ${shown(value)}`);
}

/** @throws TypeError for what is no number, RangeError for one outside (0, 1) */
export function confidenceLevel(caller: string, confidence: unknown): void {
  if (typeof confidence === "number" && confidence > 0 && confidence < 1) return;
  const message = `${caller}: confidence must lie between 0 and 1, got ${shown(confidence)}`;
  throw typeof confidence === "number" ? new RangeError(message) : new TypeError(message);
}

/** @throws TypeError for what is no number, RangeError for one below 1 */
export function powerOfNorm(caller: string, p: unknown): void {
  if (typeof p === "number" && p >= 1) return;
  const message = `${caller}: p must be at least 1, got ${shown(p)}`;
  throw typeof p === "number" ? new RangeError(message) : new TypeError(message);
}

/** @throws TypeError for what is no number, RangeError for one that is no base of a logarithm that grows */
export function baseOfLogarithm(caller: string, base: unknown): void {
  if (typeof base === "number" && base > 1 && base < Number.POSITIVE_INFINITY) return;
  const message = `${caller}: base must be a number above 1, got ${shown(base)}`;
  throw typeof base === "number" ? new RangeError(message) : new TypeError(message);
}

/** @throws TypeError for what is no number, RangeError for one that cannot be added to counts */
export function smoothingOfCounts(caller: string, smoothing: unknown): void {
  if (typeof smoothing === "number" && smoothing >= 0 && smoothing < Number.POSITIVE_INFINITY) return;
  const message = `${caller}: smoothing must be a number of at least 0, got ${shown(smoothing)}`;
  throw typeof smoothing === "number" ? new RangeError(message) : new TypeError(message);
}
