/** Nothing that a file says can act in any rendering. */
import { stripVTControlCharacters } from "node:util";
import Papa from "papaparse";
import { SaxesParser } from "saxes";
import { renderChecks, renderCsv, renderJson, renderJunit, renderMarkdown, renderText } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../dist/render/display-width.js";
import { checksWith, hostile, reportWith } from "./hostile.ts";
import { elementsOf, textOf } from "./markdown-html.ts";

const names = (text: string) => ({ reference: `${text}.csv`, current: text });
const acting = /[\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u;

describe.each(hostile)("%s", (_, text) => {
  const report = reportWith(text);
  const checks = checksWith(text);

  it("is only shown at a terminal, in lines that end", () => {
    for (const width of [80, 120, 200]) {
      const shown = renderText(report, { width });
      expect(shown).not.toMatch(acting);
      expect(Math.max(...shown.split("\n").map(displayWidth))).toBeLessThan(600);
      const results = renderChecks(checks, { width });
      expect(results).not.toMatch(acting);
      expect(stripVTControlCharacters(renderChecks(checks, { width, colour: true }))).toBe(results);
      expect(results.length).toBeLessThan(5000);
    }
  });

  it("is only shown in Markdown", () => {
    for (const options of [{}, { checks, names: names(text) }]) {
      const source = renderMarkdown(report, options);
      expect(source).not.toMatch(acting);
      expect(source.length).toBeLessThan(20_000);
      const { html, elements } = elementsOf(source);
      const plain = ["p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"];
      const own = ["details", "summary", "sub"];
      expect([...elements].filter((name) => ![...plain, ...own].includes(name))).toEqual([]);
      expect(html).not.toMatch(/<[a-z]+[^>]*\son\w+=|javascript:(?=[^<]*")|<!--/i);
      const seen = textOf(html);
      expect(seen).not.toMatch(/(?:^|\W)@[a-z0-9]|(?:^|\W)#\d|\bGH-\d|:[a-z+][\w+]*:/i);
      expect(seen).not.toMatch(/https?:\/\/|www\.|[\w.+-]@[\w-]/i);
    }
  });

  it("leaves the tables of Markdown as they are", () => {
    const rows = (of: string) =>
      elementsOf(renderMarkdown(reportWith(of), { checks: checksWith(of), names: names(of) }));
    const shape = ({ html }: { readonly html: string }) =>
      html.match(/<(?:\/?(?:table|tr|ul|li|details|summary|sub)|td|th)\b/g)?.join(" ");
    expect(shape(rows(text))).toBe(shape(rows("a")));
  });

  it("is only text in XML, which is well-formed", () => {
    for (const options of [{}, { checks, names: names(text) }]) {
      const xml = renderJunit(report, options);
      const found: string[] = [];
      const parser = new SaxesParser();
      parser.on("error", (error) => {
        throw error;
      });
      parser.on("opentag", ({ name }) => found.push(name));
      parser.on("cdata", () => found.push("cdata"));
      parser.on("comment", () => found.push("comment"));
      parser.write(xml).close();
      const known = ["testsuites", "testsuite", "properties", "property", "testcase", "failure", "error", "skipped"];
      expect(found.filter((name) => ![...known, "system-out"].includes(name))).toEqual([]);
      expect(xml).not.toMatch(acting);
      expect(xml.length).toBeLessThan(40_000);
    }
  });

  it("is no formula in CSV, and breaks none of its lines", () => {
    const { data, errors } = Papa.parse<string[]>(renderCsv(report).slice(0, -1), { newline: "\n" });
    expect(errors).toEqual([]);
    expect(new Set(data.map((row) => row.length))).toEqual(new Set([9]));
    const number = /^-?\d+(\.\d+)?(e[+-]\d+)?$/;
    const cells = data.flat().filter((cell) => !number.test(cell));
    expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
    expect(data.some(([, column]) => column === text || column === `'${text}`)).toBe(true);
  });

  it("is whole in JSON", () => {
    expect(JSON.parse(renderJson(report))).toEqual(report);
  });
});
