/** Words for JSON Schema (draft 2020-12), tied to the types: a field that a schema forgets, or that there is not, does not compile. */

export type Schema = Readonly<Record<string, unknown>>;

/** Of a field that may be left out. */
export interface Optional {
  readonly optional: Schema;
}

type Fields<T> = { readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? Optional : Schema };

export const text: Schema = { type: "string" };
export const truth: Schema = { type: "boolean" };
export const number: Schema = { type: "number" };
export const count: Schema = { type: "integer", minimum: 0 };
export const share: Schema = { type: "number", minimum: 0, maximum: 1 };
export const hash: Schema = { type: "string", pattern: "^[0-9a-f]{16}$" };

export const optional = (schema: Schema): Optional => ({ optional: schema });
export const nullable = (schema: Schema): Schema => either(schema, { type: "null" });
export const either = (...schemas: readonly Schema[]): Schema => ({ anyOf: schemas });
export const list = (items: Schema): Schema => ({ type: "array", items });
export const map = (values: Schema): Schema => ({ type: "object", additionalProperties: values });
export const constant = (value: unknown): Schema => ({ const: value });
export const defined = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

export const pair = (one: Schema, other: Schema): Schema => ({
  type: "array",
  prefixItems: [one, other],
  items: false,
  minItems: 2,
});

/** One of the texts of a type, all of which must be given. */
export const among = <T extends string>(texts: Readonly<Record<T, true>>): Schema => ({ enum: Object.keys(texts) });

/** An object with these fields and no others. */
export function object<T>(fields: Fields<T>): Schema {
  const entries = Object.entries<Schema | Optional>(fields);
  const isOptional = (field: Schema | Optional): field is Optional => "optional" in field;
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, field]) => [name, isOptional(field) ? field.optional : field])),
    required: entries.filter(([, field]) => !isOptional(field)).map(([name]) => name),
    additionalProperties: false,
  };
}

/** Numbers of both sides. */
export const ofBoth = (schema: Schema): Schema =>
  object<{ readonly reference: unknown; readonly current: unknown }>({ reference: schema, current: schema });

export function described(schema: Schema, description: string): Schema {
  return { description, ...schema };
}
