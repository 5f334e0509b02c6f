import { describe, expect, it } from "vitest";
import { prose, reasonOf, sentence } from "../../../dist/render/html/prose.js";
import { column } from "../fixture.ts";

describe("prose", () => {
  it.each([
    ["mean fell by 0.065 σ (0.0141 → -0.0508)", "mean fell by 0.065 σ (0.0141 → −0.0508)"],
    ["(95 % interval of the difference: -0.06 to -0.04)", "(95 % interval of the difference: −0.06 to −0.04)"],
    ["mean is -3, should be ≥ -0.2 and ≤ -0.1", "mean is −3, should be ≥ −0.2 and ≤ −0.1"],
    ["p 7.1e-4, wasserstein 1.6e+5", "p 7.1e-4, wasserstein 1.6e5"],
    ["category `-5` rose from 1 % to 2 %", "category “-5” rose from 1 % to 2 %"],
    ["one ` alone, e+ and a-1", "one ` alone, e+ and a-1"],
  ])("sets %j", (text, told) => {
    expect(prose(text, 200)).toBe(told);
  });

  it("cuts what is long, and ends a sentence once", () => {
    expect(prose("abcdef", 4)).toBe("abc…");
    expect([sentence("a b"), sentence("Done."), sentence("")]).toEqual(["A b.", "Done.", ""]);
  });
});

describe("reasonOf", () => {
  const effect = { name: "wasserstein/std", value: 0.3, threshold: 0.1 };

  it("calls effects by what they are", () => {
    const reason = "within chance (p 0.5), although wasserstein/std 0.3 ≥ 0.1";
    const one = column("a", { reason, effects: [effect], effectName: effect.name });
    expect(reasonOf(one)).toBe("within chance (p 0.5), although Wasserstein distance in standard deviations 0.3 ≥ 0.1");
  });

  it("leaves words alone that only look like an effect", () => {
    const one = column("a", { reason: "the ks of the sea", effects: [{ ...effect, name: "ks" }], effectName: "ks" });
    expect(reasonOf(one)).toBe("the ks of the sea");
  });
});
