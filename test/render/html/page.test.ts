import { createHash } from "node:crypto";
import fc from "fast-check";
import { compare } from "smirnov";
import { describe, expect, it } from "vitest";
import type { ColumnReport, DriftReport } from "../../../dist/drift/report.js";
import { renderHtml } from "../../../dist/render/html/page.js";
import { column, driftedColumn, everything, reportOf } from "../fixture.ts";
import { checks, fullReport, models, numbersChange, qualityOf, textColumn, wideReport } from "./fixture.ts";
import { hostile } from "./hostile.ts";
import { unlikeSides } from "./unlike-sides.ts";

const names = { reference: "train.parquet", current: "today.csv" };

describe("renderHtml", () => {
  it("names its style and its script by their hashes, and nothing else may be loaded", () => {
    const page = renderHtml(fullReport(), { checks });
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(page)!;
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(page)!;
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'")).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(style.length).toBeGreaterThan(5_000);
    expect(script.length).toBeGreaterThan(3_000);
    expect(`${style}${script}`).not.toMatch(/<\/|<!--|url\(|@import/);
    expect(page).not.toMatch(/ style=| on\w+=/);
  });

  const reports: readonly (readonly [string, DriftReport])[] = [
    ["a full report", fullReport()],
    ["a report of every status, without quality", everything],
    ["columns without pictures and figures", reportOf([bare("a"), { ...bare("b"), kind: null, method: null }])],
    ["no columns", reportOf([])],
    ...models.map((modelQuality) => [modelQuality.task, { ...fullReport(), modelQuality }] as const),
  ];
  it.each(reports)("has no gap in the words of %s", (_, report) => {
    const page = renderHtml(report, { checks, names });
    const words = page.replace(/<(style|script)>.*?<\/\1>/gs, "").replace(/is-undefined/g, "");
    expect(words).not.toMatch(/undefined|NaN(?! \d|<)|\[object|Infinity/);
    expect(words.match(/<title>/g)).toHaveLength(1);
  });

  it("says what came out in its title and its first heading", () => {
    const report = fullReport();
    const others = "No dataset drift, but 3 columns drifted";
    expect(renderHtml(report)).toContain(`<title>${others} and the model got worse · Drift report</title>`);
    const failed = renderHtml(report, { checks, title: "Nightly" });
    expect(failed).toContain(`<title>${others}, the model got worse and 2 checks did not pass · Nightly</title>`);
    expect(renderHtml(reportOf([column("a")]))).toContain("<title>No dataset drift · ");
    expect(renderHtml(reportOf([driftedColumn("a")]))).toContain("<title>The dataset drifted · ");
    expect(renderHtml(reportOf([]))).toContain("<title>Not judged · ");
  });

  it("shows the most notable columns first, each with a detail", () => {
    const page = renderHtml(fullReport());
    const order = Array.from(page.matchAll(/<tbody id="c\d+" data-c="(\w+)"/g), ([, sign]) => sign);
    const ranks = ["drift", "structure", "possible", "unresolved", "none", "unjudged"];
    expect(order).toHaveLength(Object.keys(fullReport().columns).length);
    expect(order.map((sign) => ranks.indexOf(sign))).toEqual(order.map((sign) => ranks.indexOf(sign)).toSorted());
    expect(page.match(/<tr class="x"><td colspan="8"><details><summary>/g)).toHaveLength(order.length);
  });

  it("draws the gap where it is: exact ones without, others with ≈", () => {
    const report = reportOf([driftedColumn("a")]);
    expect(renderHtml(report)).toMatch(/>gap ≈ 0\.\d+</);
    const page = renderHtml({ ...report, quality: qualityOf(report) });
    expect(page).toContain(">gap 0.168<");
    const { value, reference, current } = numbersChange.gap!;
    const x = Math.round(34 + (316 * (value + 3)) / 6);
    const [from, to] = [reference, current].map((share) => Math.round(204 - 80 * share));
    expect(page).toContain(`M${x - 4} ${from}h8m-4 0V${to}m-4 0h8`);
  });

  it("takes less than a megabyte for 100 columns and six for 1000", () => {
    expect(Buffer.byteLength(renderHtml(wideReport(100)))).toBeLessThan(1e6);
    expect(Buffer.byteLength(renderHtml(wideReport(1000)))).toBeLessThan(6e6);
  });

  it("does not grow with the rows", async () => {
    const [few, many] = await Promise.all(
      [400, 40_000].map(async (rows) => {
        const report = await compare(...unlikeSides(rows), { quality: true, temporal: true });
        return Buffer.byteLength(renderHtml(report));
      }),
    );
    expect(many).toBeLessThan(1.1 * few);
  });

  it("draws nothing of a side without values, and what is far away", async () => {
    const report = await compare(...unlikeSides(), { quality: true, temporal: true });
    const page = renderHtml(report);
    expect(page).not.toMatch(/="[^"]*NaN|Invalid/);
    const place = Object.keys(report.columns).indexOf("without values now");
    const [detail] = new RegExp(`<tbody id="c${place}".*?</tbody>`, "s").exec(page)!;
    expect(detail).toContain("on the reference only.");
    expect(detail).not.toContain(">gap ");
    expect(page).toMatch(/<bdi>−270554-\d\d-\d\d/);
  });

  it("is the same for the same report", () => {
    expect(renderHtml(fullReport(), { checks, names })).toBe(renderHtml(fullReport(), { checks, names }));
  });
});

describe("what names hold", () => {
  /** Every tag with the names of its attributes: what texts and values must not change. */
  const skeleton = (page: string) =>
    Array.from(page.matchAll(/<[^>]*>/g), ([tag]) => tag.replace(/="[^"]*"/g, "").replace("<bdi title>", "<bdi>"));

  function named(name: string): string {
    const own = (one: ColumnReport): ColumnReport => ({
      ...one,
      reason: name,
      change: name,
      warnings: [name],
      type: [name, name],
      ...(one.shape?.categories && { shape: { ...one.shape, categories: one.shape.categories.map(() => name) } }),
    });
    const columns = [driftedColumn(name), textColumn(`${name} `)].map(own);
    const report = { ...fullReport(columns), warnings: [name] };
    const segment = Object.values(report.segments!)[0];
    return renderHtml(
      { ...report, segments: { [name]: segment, "another segment": segment } },
      {
        title: name,
        names: { reference: name, current: name },
        checks: {
          ...checks,
          suite: name,
          results: checks.results.map((result) => ({
            ...result,
            name,
            reason: name,
            column: name,
            actual: name,
            expected: name,
            where: { [name]: name },
          })),
        },
      },
    );
  }

  const plain = skeleton(named("name"));

  it.each(hostile.map((name) => [name.slice(0, 30), name]))("does not act on the page: %j", (_, name) => {
    const page = named(name);
    expect(skeleton(page)).toEqual(plain);
    expect(page).not.toMatch(/(?![\n])\p{Cc}/u);
    expect(page).not.toMatch(/\p{Cs}/u);
  });

  it("does not act on the page, whatever it is", () => {
    const texts = fc.string({ unit: "binary", minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(texts, (name) => {
        expect(skeleton(named(name))).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  it("is bounded, however long", () => {
    const long = Buffer.byteLength(named("é".repeat(1_000_000)));
    expect(long).toBeLessThan(2e5);
  });
});

describe("what renderHtml is given", () => {
  it.each([
    ["no report", () => renderHtml(null as never), TypeError, "renderHtml: a report of compare is needed, got null"],
    ["no report", () => renderHtml({} as never), TypeError, "renderHtml: a report of compare is needed, got an object"],
    ["no result of checks", () => renderHtml(everything, { checks: [] as never }), TypeError, "got an array"],
    ["no title", () => renderHtml(everything, { title: 3 as never }), TypeError, "title must be a text, got 3"],
    ["half of the names", () => renderHtml(everything, { names: { reference: "a" } as never }), TypeError, "current"],
    ["no option", () => renderHtml(everything, { colour: true } as never), RangeError, 'no option "colour"'],
  ])("may not be %s", (_, call, type, message) => {
    expect(call).toThrow(type);
    expect(call).toThrow(message);
  });
});

function bare(name: string): ColumnReport {
  return column(name, { shape: null, summary: null, availability: null, effects: [], effect: null, effectName: null });
}
