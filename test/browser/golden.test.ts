/** Pictures of pages, as they were when somebody last looked at them. Those that are missing are made, but not where all tests are to run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { renderHtml } from "smirnov/render";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks, fullReport } from "../render/html/fixture.ts";
import { flightsReport, seattleReport } from "../render/html/real-data.ts";
import { launch, open, skipped } from "./browser.ts";

const golden = (name: string) => fileURLToPath(new URL(`./golden/${name}`, import.meta.url));

/** Browser and font that the pictures are of: others draw the same page otherwise. */
interface Machine {
  readonly chromium: string;
  readonly font: string;
}

const machine = skipped ? null : await thisMachine();
const recorded = existsSync(golden("machine.json"))
  ? (JSON.parse(readFileSync(golden("machine.json"), "utf8")) as Machine)
  : machine;
const other = skipped || machine?.chromium !== recorded?.chromium || machine?.font !== recorded?.font;
const drawn = `drawn by Chromium ${recorded?.chromium} with ${recorded?.font}`;

async function thisMachine(): Promise<Machine> {
  const browser = await launch();
  const chromium = browser.version().split(".")[0]!;
  await browser.close();
  return { chromium, font: fontOf("system-ui") };
}

function fontOf(family: string): string {
  try {
    return execFileSync("fc-match", ["--format=%{family}", family], { encoding: "utf8" });
  } catch {
    return "unknown fonts";
  }
}

/** Of all pixels, those that may differ by more than smoothing of edges does. */
const tolerance = 0.005;

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
    mkdirSync(golden(""), { recursive: true });
    if (!existsSync(golden("machine.json")))
      writeFileSync(golden("machine.json"), `${JSON.stringify(machine, null, 2)}\n`);
  }, 60_000);
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
    const file = golden(`${name}.png`);
    if (!existsSync(file) && !process.env.CI) writeFileSync(file, shot);
    const [before, now] = [PNG.sync.read(readFileSync(file)), PNG.sync.read(shot)];
    expect([now.width, now.height]).toEqual([before.width, before.height]);
    const different = pixelmatch(before.data, now.data, null, now.width, now.height, { threshold: 0.1 });
    expect(different / (now.width * now.height)).toBeLessThan(tolerance);
  });
});
