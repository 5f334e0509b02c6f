/** Problems of what people write, and the checks that find them. */
import { milliseconds } from "../monitor/duration.js";
import { shown } from "../statistics/option-checks.js";
import { suggestion } from "../statistics/suggest.js";

export interface Problem {
  readonly path: readonly (string | number)[];
  /** About the key, not what stands under it. */
  readonly onKey?: true;
  readonly message: string;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

export function unknownKeys(value: object, known: readonly string[], path: Problem["path"], what: string): Problem[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const near = suggestion(key, known) || `; there are ${known.join(", ")}`;
      return { path: [...path, key], onKey: true, message: `unknown ${what} ${JSON.stringify(key)}${near}` };
    });
}

/** @param known names that may be in it; `null`: any */
export function listProblems(
  value: unknown,
  path: Problem["path"],
  known: readonly string[] | null,
  what = "name",
): Problem[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every(isText)) {
    return [{ path, message: `${path.at(-1)} must be a list of names, got ${shown(value)}` }];
  }
  return value.flatMap((name, k) => {
    if (known === null || known.includes(name)) return [];
    const near = suggestion(name, known) || (known.length > 0 ? `; there are ${known.join(", ")}` : "; there are none");
    return [{ path: [...path, k], message: `there is no ${what} ${JSON.stringify(name)}${near}` }];
  });
}

/** @param value a duration, or nothing */
export function timeProblems(value: unknown, path: Problem["path"]): Problem[] {
  if (value === undefined) return [];
  try {
    milliseconds(String(path.at(-1)), value as number | string);
    return [];
  } catch (error) {
    return [{ path, message: (error as Error).message }];
  }
}
