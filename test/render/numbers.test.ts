import { describe, expect, it } from "vitest";
import { counted, grouped, pValueText, threeDigits } from "../../dist/render/numbers.js";

describe("threeDigits", () => {
  it.each([
    [0, "0"],
    [1, "1"],
    [-0.123456, "-0.123"],
    [0.0009996, "0.001"],
    [0.00099949, "9.99e-4"],
    [1234.5, "1230"],
    [99_949, "99900"],
    [99_951, "1.00e5"],
    [1.5e300, "1.50e300"],
    [null, "–"],
  ])("writes %s as %s", (x, text) => {
    expect(threeDigits(x)).toBe(text);
  });
});

describe("pValueText", () => {
  it.each([
    [1, "1"],
    [0.05123, "0.0512"],
    [0.001, "0.001"],
    [0.00099, "9.9e-4"],
    [3.14e-12, "3.1e-12"],
    [1e-300, "1.0e-300"],
    [9e-301, "<1e-300"],
    [0, "<1e-300"],
    [null, "–"],
  ])("writes %s as %s", (p, text) => {
    expect(pValueText(p)).toBe(text);
  });
});

describe("counts", () => {
  it("have separators and the noun's number", () => {
    expect(grouped(3_000_000)).toBe("3,000,000");
    expect([counted(0, "row"), counted(1, "row"), counted(1000, "row")]).toEqual(["0 rows", "1 row", "1,000 rows"]);
  });
});
