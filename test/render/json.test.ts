import { describe, expect, it } from "vitest";
import { renderJson } from "../../dist/render/json.js";
import { column, everything, reportOf } from "./fixture.ts";

describe("renderJson", () => {
  it("loses nothing of a report", () => {
    expect(JSON.parse(renderJson(everything))).toEqual(everything);
    expect(JSON.parse(renderJson(everything, 0))).toEqual(everything);
  });

  it("is one document on as many lines as asked for", () => {
    expect(renderJson(everything, 0).split("\n")).toHaveLength(1);
    expect(renderJson(everything).split("\n").length).toBeGreaterThan(100);
  });

  it("keeps columns with names that mean something to JavaScript or to a terminal", () => {
    const report = reportOf(["constructor", "toString", "\x1b[31m", '"'].map((name) => column(name)));
    const json = renderJson(report);
    expect(Object.keys(JSON.parse(json).columns)).toEqual(["constructor", "toString", "\x1b[31m", '"']);
    expect(json).not.toContain("\x1b");
  });
});
