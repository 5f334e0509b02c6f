/** What the schema of the configuration is made of. */
import type { Schema, TypeName } from "../checks/schema.js";

export const someText: Schema = { type: "string", minLength: 1 };
export const names: Schema = { type: "array", items: someText, minItems: 1 };

export function text(description: string): Schema {
  return { description, ...someText };
}

export function flag(description: string): Schema {
  return { description, type: "boolean" };
}

export function number(description: string, minimum?: number, maximum?: number): Schema {
  return {
    description,
    type: "number",
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

export const durationPattern = "^\\s*\\d+(?:\\.\\d+)?\\s*(?:ms|s|m|h|d|w)\\s*$";
const examples = ["500ms", "30s", "15m", "1h", "7d"];

/** Milliseconds, or a number with a unit. */
export function duration(description: string): Schema {
  return { description, type: ["number", "string"], pattern: durationPattern, examples, minimum: 0 };
}

/** An object with these keys and no others. */
export function part(
  description: string,
  properties: { readonly [name: string]: Schema },
  required: readonly string[] = [],
): Schema {
  return {
    description,
    type: "object",
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** By name. */
export function record(description: string, additionalProperties: Schema): Schema {
  return { description, type: "object", additionalProperties };
}

export function list(description: string, items: Schema): Schema {
  return { description, type: "array", items };
}

/** One or several. */
export function oneOrMore(items: Schema & { readonly type: TypeName }): Schema {
  return { ...items, type: [items.type, "array"], items, minItems: 1 };
}
