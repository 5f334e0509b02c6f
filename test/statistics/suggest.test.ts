import { describe, expect, it } from "vitest";
import { distance, suggestion } from "../../dist/statistics/suggest.js";

describe("a suggestion", () => {
  it("is the nearest known name", () => {
    expect(suggestion("prcie", ["price", "prices", "weight"])).toBe('; did you mean "price"?');
  });

  it("ignores case, which is what was mistyped", () => {
    expect(suggestion("PRICE", ["weight", "price"])).toBe('; did you mean "price"?');
  });

  it("is not made when nothing is near", () => {
    expect(suggestion("colour", ["price", "weight"])).toBe("");
    expect(suggestion("a", ["b", "xy"])).toBe("");
    expect(suggestion("price", [])).toBe("");
  });
});

describe("the distance of two words", () => {
  it.each([
    ["", "", 0],
    ["abc", "", 3],
    ["abc", "abd", 1],
    ["abc", "acb", 1],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
  ])("of %j and %j is %i", (one, other, edits) => {
    expect(distance(one, other)).toBe(edits);
    expect(distance(other, one)).toBe(edits);
  });
});
