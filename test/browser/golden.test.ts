/** Pages of reports look as they did. */
import type { Browser, Page } from "playwright-core";
import { renderHtml } from "smirnov/render";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks, fullReport } from "../render/html/fixture.ts";
import { flightsReport, seattleReport } from "../render/html/real-data.ts";
import { launch, open } from "./browser.ts";
import { differing, drawn, other, tolerance } from "./pictures.ts";

describe.skipIf(other)(`pages look as they did when ${drawn}`, () => {
  let browser: Browser;
  const pages = new Map<string, string>();
  beforeAll(async () => {
    browser = await launch();
    const flights = { title: "Flights in the United States", names: { reference: "May 2001", current: "June 2001" } };
    pages.set("flights", renderHtml(await flightsReport(), flights));
    const seattle = { title: "Weather in Seattle", names: { reference: "2012", current: "2015" } };
    pages.set("Seattle", renderHtml(await seattleReport(), seattle));
    pages.set("everything", renderHtml(fullReport(), { checks, title: "Everything" }));
  });
  afterAll(() => browser?.close());

  const openFirst = (page: Page) =>
    page
      .locator(".x details")
      .first()
      .evaluate((one) => one.setAttribute("open", ""));
  const show = (selector: string) => async (page: Page) => {
    await page.locator(selector).evaluate((element) => element.scrollIntoView({ block: "start" }));
  };

  it.each([
    ["light", "flights", 1280, 1150, openFirst],
    ["dark", "Seattle", 1280, 900, show("#columns")],
    ["model", "everything", 1280, 900, show("#model")],
    ["phone", "flights", 360, 1500, openFirst],
    ["phone-dark", "everything", 360, 1000, show("#columns-table")],
  ] as const)("%s", async (name, which, width, height, prepare) => {
    const colorScheme = name.endsWith("dark") ? "dark" : "light";
    await using opened = await open(browser, pages.get(which)!, { colorScheme, viewport: { width, height } });
    await prepare(opened.page);
    const shot = await opened.page.screenshot({ animations: "disabled", caret: "hide" });
    expect(differing(name, shot)).toBeLessThan(tolerance);
  });
});
