/** What of some data is not as a JSON Schema has it, in words that say what to write instead. */
import { suggestion } from "../statistics/suggest.js";
import { figures } from "./figures.js";
import type { Schema, TypeName } from "./schema.js";

export type Path = readonly (string | number)[];

export interface Problem {
  readonly path: Path;
  /** About the key, not what stands under it. */
  readonly onKey?: true;
  readonly message: string;
}

type Fields = { readonly [name: string]: unknown };

/**
 * All problems, in the order of the data.
 *
 * @param what the whole is, in messages
 */
export function schemaProblems(value: unknown, schema: Schema, path: Path = [], what = "suite"): Problem[] {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = typeOf(value);
  if (types.length > 0 && !types.some((one) => one === type)) {
    return [
      {
        path,
        message: `${nameAt(path, what)} must be ${listOf(types.map((one) => typeWords[one]))}, got ${told(value)}`,
      },
    ];
  }
  switch (type) {
    case "object":
      return objectProblems(value as Fields, schema, path, what);
    case "array":
      return arrayProblems(value as readonly unknown[], schema, path, what);
    case undefined:
      return [{ path, message: `${nameAt(path, what)} must be data, got ${told(value)}` }];
    default:
      return scalarProblems(value as string | number | boolean | null, schema, path, what);
  }
}

function objectProblems(value: Fields, schema: Schema, path: Path, what: string): Problem[] {
  const { properties = {}, required = [], additionalProperties = true, anyOf = [] } = schema;
  const problems: Problem[] = [];
  for (const name of required) {
    if (!Object.hasOwn(value, name)) problems.push({ path, message: `${nameAt(path, what)} needs ${name}` });
  }
  const needed = anyOf.map((one) => one.required ?? []);
  const fulfils = (one: Schema): boolean =>
    (one.type === undefined || [one.type].flat().includes("object")) &&
    (one.required ?? []).every((name) => Object.hasOwn(value, name));
  if (anyOf.length > 0 && !anyOf.some(fulfils)) {
    problems.push({ path, message: `${nameAt(path, what)} needs one of ${needed.flat().join(", ")}` });
  }
  for (const [name, one] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name]! : additionalProperties;
    if (own === false) {
      const near = suggestion(name, Object.keys(properties)) || `; there are ${Object.keys(properties).join(", ")}`;
      problems.push({ path: [...path, name], onKey: true, message: `unknown ${kindAt(path)} ${figures(name)}${near}` });
    } else if (own !== true) {
      problems.push(...schemaProblems(one, own, [...path, name], what));
    }
  }
  return problems;
}

function arrayProblems(
  value: readonly unknown[],
  { items, minItems = 0 }: Schema,
  path: Path,
  what: string,
): Problem[] {
  const few = value.length < minItems ? [{ path, message: `${nameAt(path, what)} must not be empty` }] : [];
  return [...few, ...(items ? value.flatMap((one, index) => schemaProblems(one, items, [...path, index], what)) : [])];
}

function scalarProblems(value: string | number | boolean | null, schema: Schema, path: Path, what: string): Problem[] {
  const { enum: allowed, pattern, examples, minimum, maximum, minLength = 0, anyOf = [] } = schema;
  const alternatives = anyOf.filter(
    (one) => one.enum !== undefined || one.pattern !== undefined || one.type !== undefined,
  );
  if (anyOf.length > 0 && !alternatives.some((one) => schemaProblems(value, one, path).length === 0)) {
    return [
      unknownWord(
        value,
        alternatives.flatMap((one) => one.enum ?? []),
        path,
      ),
    ];
  }
  if (allowed && !allowed.some((one) => one === value)) return [unknownWord(value, allowed, path)];
  if (typeof value === "string" && pattern !== undefined && !new RegExp(pattern, "u").test(value)) {
    return [
      { path, message: `${nameAt(path, what)} must look like ${examples?.join(", ") ?? pattern}, got ${told(value)}` },
    ];
  }
  if (typeof value === "number" && minimum !== undefined && value < minimum) {
    return [{ path, message: `${nameAt(path, what)} must be at least ${minimum}, got ${told(value)}` }];
  }
  if (typeof value === "number" && maximum !== undefined && value > maximum) {
    return [{ path, message: `${nameAt(path, what)} must be at most ${maximum}, got ${told(value)}` }];
  }
  if (typeof value === "string" && [...value].length < minLength) {
    return [{ path, message: `${nameAt(path, what)} must not be empty` }];
  }
  return [];
}

/** Lists of names this long are not told whole. */
const shortList = 12;

function unknownWord(value: unknown, allowed: readonly (string | number | boolean)[], path: Path): Problem {
  const words = allowed.map(String);
  const near = typeof value === "string" ? suggestion(value, words) : "";
  const all = words.length <= shortList ? `; there are ${words.join(", ")}` : "";
  return { path, message: `unknown ${singular(lastName(path))} ${told(value)}${near || all}` };
}

function typeOf(value: unknown): TypeName | undefined {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  if (type === "number") return Number.isFinite(value) ? "number" : undefined;
  return type === "object" || type === "string" || type === "boolean" ? type : undefined;
}

const typeWords: Readonly<Record<TypeName, string>> = {
  object: "an object",
  array: "a list",
  string: "text",
  number: "a number",
  boolean: "true or false",
  null: "null",
};

function told(value: unknown): string {
  const type = typeOf(value);
  if (type === undefined) return typeof value === "number" ? String(value) : `a ${typeof value}`;
  if (type === "object" || type === "array") return typeWords[type];
  return type === "number" ? `the number ${value}` : type === "null" ? "nothing" : figures(value as string | boolean);
}

function listOf(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** The nearest key. */
function lastName(path: Path): string {
  const name = path.findLast((step) => typeof step === "string");
  return typeof name === "string" ? name : "suite";
}

function singular(name: string): string {
  return name === "presets" ? "preset" : name;
}

/** `suite`, `checks[2]`, `checks[2].approx.relative` */
export function nameAt(path: Path, what = "suite"): string {
  if (path.length === 0) return `the ${what}`;
  return path.map((step, k) => (typeof step === "number" ? `[${step}]` : k === 0 ? step : `.${step}`)).join("");
}

/** What keys of this object are. */
function kindAt(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "key";
  if (path.at(-2) === "checks") return "key of a check";
  return last === "compare" ? "option of compare" : `key of ${lastName(path)}`;
}
