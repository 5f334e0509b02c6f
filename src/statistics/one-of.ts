/** Checks an option that is one of a few values. */

/** @throws TypeError for a value of another type, RangeError for one that is none of `allowed` */
export function oneOf<T extends string | number>(
  caller: string,
  name: string,
  value: unknown,
  allowed: readonly T[],
): asserts value is T {
  if (allowed.some((one) => one === value)) return;
  const [first, ...others] = allowed.toReversed();
  const wanted = others.length === 0 ? first : `${others.reverse().join(", ")} or ${first}`;
  const text = typeof value === "string" || typeof value === "object" ? JSON.stringify(value) : String(value);
  const message = `${caller}: ${name} must be ${wanted}, got ${text}`;
  throw typeof value === typeof allowed[0] ? new RangeError(message) : new TypeError(message);
}
