import { renderHtml } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { flightsReport, seattleReport } from "./real-data.ts";

describe("docs/examples/report.html", () => {
  it("is the page of flights in May and June 2001, as it is made now", async () => {
    const page = renderHtml(await flightsReport(), {
      title: "Flights in the United States",
      names: { reference: "May 2001", current: "June 2001" },
    });
    expect(Buffer.byteLength(page)).toBeLessThan(200_000);
    await expect(page).toMatchFileSnapshot("../../../docs/examples/report.html");
  });
});

describe("pages of real data", () => {
  it("hold no rows, and say what changed", async () => {
    const page = renderHtml(await seattleReport());
    expect(page).toContain("median moved from 2012-07-01 to 2015-07-02, 3 years later");
    expect(page).toMatch(/<tr><th scope="row">Median<td><bdi>2012-07-01 12:00<\/bdi><td><bdi>2015-07-02<\/bdi>/);
    expect(Buffer.byteLength(page)).toBeLessThan(70_000);
  });
});
