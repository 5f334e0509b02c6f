import { describe, expect, it } from "vitest";
import { shownEffect, whyOf } from "../../dist/render/why.js";
import { column, driftedColumn, everything, statuses, unjudged } from "./fixture.ts";

const brief = (one: ReturnType<typeof column>) => whyOf(one, 0.005).brief;

describe("the reason in a few words", () => {
  it("tells evidence without effect from effect without evidence", () => {
    expect(brief(column("a", { adjustedPValue: 1e-9 }))).toBe("too small to matter");
    expect(brief(column("a", { effect: 0.3, effects: [{ name: "ks", value: 0.3, threshold: 0.04 }] }))).toBe(
      "within chance",
    );
    expect(brief(column("a"))).toBe("no difference");
  });

  it("tells what differs where something does", () => {
    expect(brief(driftedColumn("a"))).toBe("values differ");
    expect(brief(driftedColumn("a", 0.1, "possible"))).toBe("values may differ");
    expect(brief(everything.columns.地域!)).toBe("nulls differ");
  });

  it.each(statuses)("has words for the status %s", (status, reason) => {
    const why = whyOf(unjudged("a", status, reason), 0.005);
    expect(why.brief).toMatch(/^\w[\w ]+$/);
    expect(why.brief.length).toBeLessThanOrEqual(19);
    expect(why.shortest.length).toBeLessThanOrEqual(12);
  });

  it("tells a method that does not fit from a type that is not supported", () => {
    const reason = "ks does not apply to categories";
    expect(brief({ ...unjudged("a", "unsupported", reason), method: "ks" })).toBe("method does not fit");
  });
});

it("tells what profiles leave open from what resampling does", () => {
  expect(brief(column("a", { severity: "unresolved" }))).toBe("too few resamples");
  const open = column("a", { severity: "unresolved", exact: false, bounds: { pValue: [0, 1] } });
  expect(brief(open)).toBe("open within bounds");
});

describe("the effect that is shown", () => {
  it("has its interval where it is known within bounds", () => {
    const effects = [{ name: "ks", value: 0.1, threshold: 0.04, interval: [0.09, 0.11] as const }];
    expect(shownEffect(column("a", { effect: 0.1, effects }))).toEqual(effects[0]);
  });

  it("is the one behind the verdict", () => {
    expect(shownEffect(driftedColumn("a"))?.name).toBe("ks");
    expect(shownEffect(everything.columns.地域!)?.name).toBe("cohens-h");
    expect(shownEffect(unjudged("a", "empty", "no values"))).toBeNull();
  });
});
