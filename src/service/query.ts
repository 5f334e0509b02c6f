/** What stands behind the question mark of an address. */
import { suggestion } from "../statistics/suggest.js";
import { Problem } from "./problem.js";

type Query = Readonly<Record<string, unknown>>;

/** @throws Problem 400 for a parameter that there is not */
export function onlyKnown(query: Query, names: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = suggestion(unknown, names) || `; there are ${names.join(", ")}`;
  throw new Problem(400, `there is no parameter ${JSON.stringify(unknown)}${near}`);
}

/** @throws Problem 400 when it is given twice, or empty */
export function textIn(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw new Problem(400, value === "" ? `${name} is empty` : `${name} is given more than once`);
}

/** @throws Problem 400 for what is no whole number, or out of range */
export function numberIn(
  query: Query,
  name: string,
  { least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = {},
): number | undefined {
  const text = textIn(query, name);
  if (text === undefined) return undefined;
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const range = least > Number.MIN_SAFE_INTEGER ? ` from ${least} to ${most}` : "";
  throw new Problem(400, `${name} must be a whole number${range}, got ${JSON.stringify(text.slice(0, 40))}`);
}
