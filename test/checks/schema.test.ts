import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { type Suite, suiteSchema } from "smirnov";
import { describe, expect, it } from "vitest";
import { schemaProblems } from "../../dist/checks/schema-problems.js";

const validate = new Ajv2020({ strict: false, allErrors: false }).compile(suiteSchema);
const accepts = (suite: unknown) => schemaProblems(suite, suiteSchema).length === 0;

const good: Suite = {
  name: "s",
  presets: ["data-drift"],
  compare: { by: "country", columns: ["a"], correlations: true, where: { city: { in: ["a", "b"] }, age: 5 } },
  checks: [
    { metric: "mean", column: ["a", "b"], gte: { reference: 0.9, plus: 1 }, lt: 5, critical: false },
    { metric: "ndcg@10", approx: { value: { reference: 1 }, relative: 0.1 } },
    { metric: "kind", column: "*", in: ["numeric", "boolean"], where: { x: { missing: false, gt: 1 } } },
  ],
};

/** Whatever may be written, and what is nearly right. */
const keys = [
  "name",
  "metric",
  "column",
  "eq",
  "lte",
  "approx",
  "value",
  "reference",
  "plus",
  "checks",
  "presets",
  "where",
];
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, "", "mean", "data-drift", "*", "reference"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys, "in", "missing", "x"), tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** The good one, with something else in one place, or without it. */
const changed = fc
  .tuple(fc.nat(200), anything, fc.constantFrom("replace", "remove", "add"), fc.constantFrom(...keys))
  .map(([place, value, how, key]) => {
    const copy = structuredClone(good) as unknown;
    const places: [object, string][] = [];
    const walk = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      for (const name of Object.keys(node)) {
        places.push([node, name]);
        walk((node as { [name: string]: unknown })[name]);
      }
    };
    walk(copy);
    const [node, name] = places[place % places.length]! as [{ [name: string]: unknown }, string];
    if (how === "replace") node[name] = value;
    else if (how === "add" && !Array.isArray(node)) node[key] = value;
    else if (Array.isArray(node)) node.splice(Number(name), 1);
    else delete node[name];
    return copy;
  });

describe("the schema of suites", () => {
  it("is accepted by a validator, and accepts a suite", () => {
    expect(validate(good), JSON.stringify(validate.errors)).toBe(true);
    expect(schemaProblems(good, suiteSchema)).toEqual([]);
  });

  it("is read as a validator reads it, whatever is written", () => {
    fc.assert(
      fc.property(fc.oneof(anything, changed), (suite) => {
        expect(accepts(suite)).toBe(validate(suite));
      }),
      { numRuns: 3000 },
    );
  });

  it("is published", async () => {
    const text = `${JSON.stringify(suiteSchema, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../../docs/suite.schema.json");
  });
});
