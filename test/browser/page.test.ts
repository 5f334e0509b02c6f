/** Pages of reports in a browser: what they look like to eyes, keys and assistive technology, and that they ask for nothing. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { Browser } from "playwright-core";
import { compare, profile } from "smirnov";
import { renderHtml } from "smirnov/render";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { driftedColumn } from "../render/fixture.ts";
import { checks, fullReport, models, textColumn, wideReport } from "../render/html/fixture.ts";
import { hostile } from "../render/html/hostile.ts";
import { flightsReport, seattleReport } from "../render/html/real-data.ts";
import { unlikeSides } from "../render/html/unlike-sides.ts";
import { launch, open, openAll, skipped } from "./browser.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

describe.skipIf(skipped)("pages in a browser (needs Chromium)", () => {
  let browser: Browser;
  const pages = new Map<string, string>();
  beforeAll(async () => {
    browser = await launch();
    pages.set("flights", renderHtml(await flightsReport(), { names: { reference: "May 2001", current: "June 2001" } }));
    pages.set("Seattle", renderHtml(await seattleReport(), { names: { reference: "2012", current: "2015" } }));
    const sides = await unlikeSides();
    pages.set(
      "profiles",
      renderHtml(await compare(await profile(sides[0]), await profile(sides[1]), { quality: true })),
    );
    pages.set("evidently", renderHtml(await compare(...sides, { preset: "evidently" })));
    for (const modelQuality of models)
      pages.set(modelQuality.task, renderHtml({ ...fullReport(), modelQuality }, { checks }));
  });
  afterAll(() => browser?.close());

  const all = ["flights", "Seattle", "classification", "regression", "ranking", "profiles", "evidently"];
  /** What axe looks at: it takes seconds a page, and most of the pages of the three tasks is the same. */
  const looked: Readonly<Record<string, string>> = { regression: "#model", ranking: "#model" };

  describe.each(all)("%s", (name) => {
    it("complains of nothing, asks for nothing and does not scroll sideways, everything open", async () => {
      await using opened = await open(browser, pages.get(name)!);
      const { page, complaints } = opened;
      await openAll(page);
      await page.locator("svg.w").first().hover();
      for (const width of [360, 768, 1024]) {
        await page.setViewportSize({ width, height: 740 });
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
        expect({ width, scrollWidth }).toEqual({ width, scrollWidth: clientWidth });
      }
      expect(complaints).toEqual([]);
    });

    it("has nothing that axe finds wrong, light and dark, everything open", async () => {
      await using opened = await open(browser, pages.get(name)!, { bypassCSP: true });
      const { page } = opened;
      await openAll(page);
      await page.evaluate(axe);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const only = colorScheme === "dark" ? { runOnly: ["color-contrast"] } : {};
        const { violations } = await page.evaluate(
          ([where, options]) => (window as unknown as { axe: Axe }).axe.run(where ?? document, options),
          [looked[name], only] as const,
        );
        const told = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160))}`,
        );
        expect({ colorScheme, told }).toEqual({ colorScheme, told: [] });
      }
    });
  });

  const rowsOf = async (opened: Awaited<ReturnType<typeof open>>) =>
    opened.page.locator("#columns-table > tbody:visible > tr:first-child > th").allTextContents();

  it("sorts columns by the buttons of the head, with keys too", async () => {
    await using opened = await open(browser, pages.get("flights")!);
    const { page } = opened;
    expect(await rowsOf(opened)).toEqual(["delay", "destination", "origin", "distance", "date"]);
    const head = page.locator("#columns-table > thead th", { hasText: "Column" });
    await head.getByRole("button").click();
    expect(await rowsOf(opened)).toEqual(["date", "delay", "destination", "distance", "origin"]);
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    await head.getByRole("button").press("Enter");
    expect(await rowsOf(opened)).toEqual(["origin", "distance", "destination", "delay", "date"]);
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    await page.getByRole("button", { name: "Effect" }).click();
    expect((await rowsOf(opened))[0]).toBe("delay");
    expect(await page.locator("th[aria-sort]").count()).toBe(1);
    await page.getByRole("button", { name: "p adj." }).click();
    expect((await rowsOf(opened)).at(-1)).toBe("date");
  });

  it("finds columns by words and by verdict, and says how many", async () => {
    await using opened = await open(browser, pages.get("flights")!);
    const { page } = opened;
    const form = page.getByRole("search", { name: "Search columns" });
    expect(await form.locator("output").textContent()).toBe("5 columns");
    await page.getByLabel("Search columns", { exact: true }).last().fill("categorical ORIG");
    expect(await rowsOf(opened)).toEqual(["origin"]);
    expect(await form.locator("output").textContent()).toBe("1 of 5 columns");
    await page.getByLabel("Search columns", { exact: true }).last().fill("");
    await page.getByLabel("Verdict").selectOption("drift");
    expect(await rowsOf(opened)).toEqual(["delay"]);
  });

  it("finds checks, and opens the groups that hold some", async () => {
    await using opened = await open(browser, pages.get("classification")!);
    const { page } = opened;
    await page.getByLabel("Search checks", { exact: true }).last().fill("duplicatedRows");
    expect(await page.locator("#checks-table tbody:visible th").allTextContents()).toEqual([
      "duplicatedRows as before",
    ]);
    expect(await page.locator("#checks output").textContent()).toBe("1 of 7 checks");
  });

  it("opens and closes a column's detail by keys, and by its link at the top", async () => {
    await using opened = await open(browser, pages.get("flights")!);
    const { page } = opened;
    const detail = page.locator("#columns-table tbody", { hasText: "delay" }).first().locator("details");
    const isOpen = () => detail.evaluate((element) => (element as HTMLDetailsElement).open);
    await page.getByRole("button", { name: "Effect" }).focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Details of delay");
    await page.keyboard.press("Enter");
    expect(await isOpen()).toBe(true);
    expect(await detail.locator("svg[role=img]").getAttribute("aria-label")).toMatch(
      /^Histograms .* of delay .*farthest/,
    );
    await page.keyboard.press("Space");
    expect(await isOpen()).toBe(false);
    await page.locator("#verdict a", { hasText: "delay" }).click();
    await expect.poll(isOpen).toBe(true);
  });

  it("opens a detail by a press anywhere on its line, on phones as well", async () => {
    for (const width of [360, 1280]) {
      await using opened = await open(browser, pages.get("flights")!, { viewport: { width, height: 800 } });
      const body = opened.page.locator("#columns-table > tbody").first();
      const words = body.locator("td").nth(7 - 1);
      await words.scrollIntoViewIfNeeded();
      const box = (await words.boundingBox())!;
      await opened.page.mouse.click(box.x + 5, box.y + box.height / 2);
      expect(await body.locator("details").evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true);
      await expect.poll(() => body.locator("figure").isVisible()).toBe(true);
    }
  });

  it("reads numbers off under the pointer", async () => {
    await using opened = await open(browser, pages.get("flights")!);
    const { page } = opened;
    await page.locator(".x summary").first().click();
    await page.locator("svg.w").first().hover();
    expect(await page.locator(".ro text").textContent()).toMatch(
      /^-?[\d.]+ bin [\d.]+ % [\d.]+ % up to it [\d.]+ % [\d.]+ %$/,
    );
    await page.mouse.move(5, 5);
    expect(await page.locator(".ro").count()).toBe(0);
  });

  it("changes between light and dark, and begins as the system does", async () => {
    await using opened = await open(browser, pages.get("Seattle")!, { colorScheme: "dark" });
    const paper = () => opened.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await opened.page.getByRole("button", { name: "Show in light colours" }).click();
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await opened.page.getByRole("button", { name: "Show in dark colours" }).click();
    expect(await paper()).toBe(dark);
    expect(await opened.page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      "",
    ]);
  });

  it("reads fully without scripts, and has no controls then", async () => {
    await using opened = await open(browser, pages.get("flights")!, { javaScriptEnabled: false });
    const { page } = opened;
    expect(await page.locator("form:visible, button:visible").count()).toBe(0);
    await page.locator(".x summary").first().press("Enter");
    expect(await page.locator("figure svg").first().isVisible()).toBe(true);
    expect(await page.locator("#columns-table > tbody > tr:first-child > th").allTextContents()).toContain("delay");
  });

  it("prints with every detail and without controls, light", async () => {
    await using opened = await open(browser, pages.get("flights")!, { colorScheme: "dark" });
    const { page } = opened;
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("form:visible, nav:visible, #theme:visible").count()).toBe(0);
    const shown = await page
      .locator(".x details > .d")
      .evaluateAll((details) => details.map((one) => one.checkVisibility({ contentVisibilityAuto: true })));
    expect(shown).toEqual([true, true, true, true, true]);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(27, 31, 36)");
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(await page.locator("details[open]").count()).toBe(0);
  });

  it("takes hostile names and values for what they are", async () => {
    const columns = hostile.flatMap((name) => [driftedColumn(name), { ...textColumn(`${name}!`), change: name }]);
    const page = renderHtml(fullReport(columns), {
      title: hostile[0]!,
      names: { reference: hostile[1]!, current: hostile[2]! },
    });
    await using opened = await open(browser, page, { viewport: { width: 360, height: 740 } });
    await openAll(opened.page);
    expect(await opened.page.evaluate(() => (window as unknown as { broken?: number }).broken)).toBe(undefined);
    expect(await opened.page.locator("img, plaintext, script + script, main style").count()).toBe(0);
    expect(await opened.page.locator("h1").textContent()).toBe(hostile[0]);
    const { scrollWidth, clientWidth } = await opened.page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
    expect(opened.complaints).toEqual([]);
  });

  it("runs nothing and asks for nothing, whatever any text of a report is", async () => {
    const report = { ...fullReport(), modelQuality: models[0] };
    const texts = hostile.filter((text) => text.length < 400);
    const attacks = fc.sample(fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts)), { numRuns: 8, seed: 6 });
    for (const [one, other] of attacks) {
      const attack = `${one}${other}`;
      const page = renderHtml(replaced(report, attack), {
        checks: replaced(checks, attack),
        title: attack,
        names: { reference: attack, current: attack },
      });
      await using opened = await open(browser, page);
      await openAll(opened.page);
      await opened.page.locator("summary").first().focus();
      expect(await opened.page.evaluate(() => (window as unknown as { broken?: number }).broken)).toBe(undefined);
      expect(await opened.page.locator("script").count()).toBe(1);
      expect(await opened.page.locator("style").count()).toBe(1);
      expect(await opened.page.locator("img, plaintext, iframe, object, base").count()).toBe(0);
      expect(opened.complaints).toEqual([]);
    }
  });

  it("sorts what is not known last, whichever way", async () => {
    await using opened = await open(browser, pages.get("profiles")!);
    const { page } = opened;
    const known = async (place: number) =>
      (await page.locator(`#columns-table > tbody > tr:first-child > :nth-child(${place})`).allTextContents()).map(
        (text) => text !== "" && text !== "–",
      );
    for (const [name, place] of [
      ["p adj.", 5],
      ["Effect", 6],
      ["Method", 4],
    ] as const) {
      for (const _ of ["one way", "the other"]) {
        await page.locator("#columns-table thead").getByRole("button", { name }).click();
        const found = await known(place);
        expect(new Set(found)).toEqual(new Set([true, false]));
        expect(found).toEqual(found.toSorted((one, other) => Number(other) - Number(one)));
      }
    }
  });

  it("opens 1000 columns without delay", async () => {
    await using opened = await open(browser, renderHtml(wideReport(1000)));
    const { page } = opened;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    const { metrics } = await devtools.send("Performance.getMetrics");
    // Of the processor, whose other work is not the page's.
    const seconds = metrics.find(({ name }) => name === "ProcessTime")!.value;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(5);
    await page.getByLabel("Search columns", { exact: true }).last().fill("column_77_");
    expect(await rowsOf(opened)).toEqual(["column_77_of_the_warehouse"]);
  });
});

/** Every text of a report but those that say which of a few things it is: every name, too. */
function replaced<T>(value: T, attack: string): T {
  const known =
    /^(ok|none|drift|possible|unresolved|classification|numeric|categorical|pass|fail|warn|error|skip|share)$/;
  const of = (one: unknown, key: string): unknown => {
    if (typeof one === "string") return known.test(one) || kept.includes(key) ? one : attack;
    if (Array.isArray(one)) return one.map((item) => of(item, key));
    if (typeof one !== "object" || one === null) return one;
    const renamed = records.includes(key);
    const entries = Object.entries(one).map(([name, item], k) => [renamed ? `${attack}${k}` : name, of(item, name)]);
    return Object.fromEntries(entries);
  };
  return of(value, "") as T;
}

/** Texts that are one of a few, and records whose keys are names. */
const kept = ["status", "severity", "task", "rule", "kind", "method", "kinds", "correction", "signal"];
const records = ["columns", "segments", "perClass", "changes", "unsupported", "where", "values"];

interface Axe {
  run(where: string | Document, options: { readonly runOnly?: string[] }): Promise<{ violations: Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
