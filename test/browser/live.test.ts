/** The live page in a browser, of services that run: what it shows, whom it asks, and how it goes on. */
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { ServiceConfig } from "smirnov/service";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostile } from "../render/html/hostile.ts";
import { freePort } from "../servers/free-port.js";
import { authorized, lines, ndjson, noon, type Running, running, scratchFolder, token } from "../service/running.ts";
import { complaintsOf, launch, skipped } from "./browser.ts";
import { differing, drawn, other, tolerance } from "./pictures.ts";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const minute = 60_000;

interface Live extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

describe.skipIf(skipped)("the live page in a browser (needs Chromium)", () => {
  // Removed at last, after what is in it has ended.
  const folders = scratchFolder();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    for (const { service } of runs) await service.close();
  });
  const runs: Running[] = [];
  /** Listens at a free port, in a folder of its own. */
  async function started(config: Parameters<typeof running>[0], folder = mkdtempSync(join(folders, "service-"))) {
    const run = await running(config, { folder, listen: true });
    runs.push(run);
    return run;
  }

  /** Everything that it complains of, and requests to elsewhere. */
  async function live(url: string, options: BrowserContextOptions = {}): Promise<Live> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const { origin } = new URL(url);
    const complaints = complaintsOf(page, (asked) => /^(data|blob):/.test(asked) || new URL(asked).origin === origin);
    await page.goto(`${url}/`);
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
  }
  const connected = (page: Page) => expect.poll(() => page.locator("#status").textContent()).toBe("live");
  const cells = (page: Page) => page.locator(".strip tr:first-child .cell");
  const sideways = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  const columns = ["price", "size"];
  const rowsOf = (window: number, shift: number, names = columns, count = 60) =>
    Array.from({ length: count }, (_, k) => ({
      id: `${window}-${k}`,
      time: noon + window * minute + (k * minute) / count,
      ...Object.fromEntries(names.map((name, of) => [name, Math.sin(7 * k + window + of) + (of === 0 ? shift : 0)])),
      said: k % 2 === 0,
    }));
  const reference = (names = columns) =>
    rowsOf(0, 0, names, 600).map((row, k) => ({ ...row, good: k % 8 === 0 ? !row.said : row.said }));

  async function send(
    { service }: Running,
    path: string,
    rows: readonly object[],
    method: "POST" | "PUT" = "POST",
  ): Promise<void> {
    const answer = await service.inject({
      method,
      url: path,
      headers: { ...ndjson, ...authorized },
      payload: lines(rows),
    });
    expect(answer.body, answer.body).toMatch(/"durable"/);
  }
  /** Closes a window with the first row of the next. */
  async function window(run: Running, dataset: string, index: number, shift: number, names = columns): Promise<void> {
    const [next] = rowsOf(index + 1, shift, names);
    await send(run, `/v1/${dataset}/rows`, [...rowsOf(index, shift, names).slice(index > 0 ? 1 : 0), next as object]);
    await run.service.idle();
  }

  const orders = {
    model: { name: "goods", version: "3" },
    window: { duration: "1m" },
    time: "time",
    compare: { columns },
    labels: { id: "id", target: "good", prediction: "said", positive: true },
  } as const;
  const rules: ServiceConfig["alerts"] = [
    { name: "it drifts", when: { metric: "drifted", column: "*", eq: true }, severity: "critical" },
    { name: "slow", when: { metric: "series.latency.q95", gt: 100 } },
  ];

  /** Seven windows, three with drift of the price, with a series and labels. */
  async function told(run: Running): Promise<void> {
    await send(run, "/v1/orders/reference", reference(), "PUT");
    for (let index = 0; index < 7; index++) {
      const at = noon + index * minute + 1000;
      await send(run, "/v1/orders/series", [{ time: at, latency: index === 3 ? 250 : 20 }]);
      await window(run, "orders", index, index >= 4 ? 5 : 0);
    }
    await send(run, "/v1/orders/rows", [{ ...rowsOf(0, 0)[0], id: "late" }]);
    await send(
      run,
      "/v1/orders/labels",
      rowsOf(5, 0).map(({ id, said }, k) => ({ id, good: k % 3 === 0 ? !said : said })),
    );
    await window(run, "orders", 7, 5);
  }

  describe("of a dataset that drifts", () => {
    let run: Running;
    beforeAll(async () => {
      run = await started({ datasets: { orders }, alerts: rules });
      await told(run);
    });

    it("shows windows, columns, figures, the model and alerts, asks nobody else, complains of nothing", async () => {
      await using opened = await live(run.service.url as string);
      const { page, complaints } = opened;
      await connected(page);
      expect(
        await cells(page).evaluateAll((all) => all.map(({ className }) => className.replace("cell ", ""))),
      ).toEqual([...["none", "none", "none", "none"], ...["drift", "drift", "drift", "drift"]]);
      expect(await page.locator("section .lead").textContent()).toBe("drift: price");
      expect(await page.locator(".strip tr").nth(1).locator("th").textContent()).toBe("price");
      expect(await page.locator(".strip tr").nth(1).locator(".cell.drift").count()).toBe(4);
      expect(await page.locator("section .q").first().textContent()).toBe(
        "2026-11-26 12:07 to 12:08 UTC · 60 rows, 1 too late · model goods 3",
      );
      const figures = await page
        .locator(".figures tr")
        .evaluateAll((all) =>
          all.map((row) => [...row.querySelectorAll("th,.n")].map(({ textContent }) => textContent)),
        );
      expect(figures).toEqual([
        ["rows", "60"],
        ["rows that came too late", "1"],
        ["rows with a label", "100 %"],
        ["model: accuracy", "0.667"],
        ["model: balancedAccuracy", expect.stringMatching(/^0\.\d+$/)],
        ["model: mcc", expect.stringMatching(/^0\.\d+$/)],
        ["latency, mean", "20"],
        ["latency, 95 % up to", "20"],
      ]);
      expect(await page.locator("p", { hasText: "the model got worse" }).textContent()).toContain("accuracy");
      expect(await page.locator("#firing").textContent()).toBe("1 alert is firing");
      const alerts = await page.locator("#alerts > li").allTextContents();
      expect(alerts.map((text) => text.replace(/What happened.*/s, ""))).toEqual([
        "firing it drifts: price · orders · critical · since 2026-11-26 12:04 UTC",
      ]);
      await page.locator("#alerts summary").click();
      expect(await page.locator(".digest").innerText()).toMatch(/orders \(model goods 3\).*drift.*- price: drift/s);
      expect(complaints).toEqual([]);
    });

    it("has nothing that axe finds wrong, light and dark, and does not scroll sideways", async () => {
      await using opened = await live(run.service.url as string, { bypassCSP: true });
      const { page } = opened;
      await connected(page);
      await page.locator("#alerts summary").click();
      await page.evaluate(axe);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const violations = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
          return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)[0]}`);
        });
        expect({ colorScheme, violations }).toEqual({ colorScheme, violations: [] });
      }
      for (const width of [360, 768]) {
        await page.setViewportSize({ width, height: 740 });
        expect({ width, sideways: await sideways(page) }).toEqual({ width, sideways: 0 });
      }
    });

    it.skipIf(other)(`looks as it did when ${drawn}`, async () => {
      await using opened = await live(run.service.url as string, { colorScheme: "light" });
      const { page } = opened;
      await connected(page);
      await page.locator("#alerts summary").click();
      const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
      expect(differing("live", shot)).toBeLessThan(tolerance);
    });

    it("leads to reports, by keys too", async () => {
      await using opened = await live(run.service.url as string);
      const { page, complaints } = opened;
      await connected(page);
      expect(await page.locator('.strip a[tabindex="0"]').count()).toBe(1);
      await page.locator('.strip a[tabindex="0"]').focus();
      for (const key of ["Home", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
        "2026-11-26 12:02 UTC, 60 rows, no drift",
      );
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.waitForURL(/report\.html\?window=/);
      expect(await page.locator("h2").first().textContent()).toMatch(/drift/i);
      expect(complaints).toEqual([]);
    });
  });

  it("asks for a token where there are some, says when it is wrong, and opens reports with it", async () => {
    const run = await started({ datasets: { orders }, auth: { tokens: [token] } });
    await send(run, "/v1/orders/reference", reference(), "PUT");
    await window(run, "orders", 0, 5);
    await using opened = await live(run.service.url as string);
    const { page, complaints } = opened;
    const field = page.getByLabel("Token");
    await field.fill("another");
    await field.press("Enter");
    await expect.poll(() => page.locator("#status").textContent()).toBe("this token is not one that is known");
    await field.fill(token);
    await field.press("Enter");
    await connected(page);
    expect(await page.locator("#login").isVisible()).toBe(false);
    const [report] = await Promise.all([page.waitForEvent("popup"), page.locator(".strip a").click()]);
    const reported: string[] = [];
    report.on("console", (message) => reported.push(message.text()));
    await report.reload();
    // The report's own style and script are there.
    expect(await report.locator("#theme").isVisible()).toBe(true);
    expect(await report.evaluate(() => getComputedStyle(document.querySelector("nav") as Element).position)).toBe(
      "sticky",
    );
    expect(reported).toEqual([]);
    expect(complaints.filter((text) => !/401/.test(text))).toEqual([]);
  });

  it("goes on where it was when the service comes back: nothing twice, nothing missing", async () => {
    const folder = mkdtempSync(join(folders, "again-"));
    const listen = { port: await freePort() };
    const first = await started({ datasets: { orders }, alerts: rules, listen }, folder);
    await send(first, "/v1/orders/reference", reference(), "PUT");
    for (const index of [0, 1, 2]) await window(first, "orders", index, index === 2 ? 5 : 0);
    await using opened = await live(first.service.url as string);
    const { page } = opened;
    await connected(page);
    expect(await cells(page).count()).toBe(3);
    await first.service.close();
    await expect.poll(() => page.locator("#status").textContent()).toBe("not connected; trying again");
    const again = await started({ datasets: { orders }, alerts: rules, listen }, folder);
    await window(again, "orders", 3, 0);
    await connected(page);
    await window(again, "orders", 4, 0);
    await expect.poll(() => cells(page).count()).toBe(5);
    const titles = await cells(page).evaluateAll((all) => all.map((cell) => (cell as HTMLElement).title.slice(11, 16)));
    expect(titles).toEqual(["12:00", "12:01", "12:02", "12:03", "12:04"]);
    await expect.poll(() => page.locator("#alerts > li").count()).toBe(1);
    expect(await page.locator("#alerts > li .v").textContent()).toBe("over");
  });

  it("shows new windows in place: focus and what is open stay", async () => {
    const run = await started({ datasets: { orders }, alerts: rules });
    await send(run, "/v1/orders/reference", reference(), "PUT");
    for (const index of [0, 1]) await window(run, "orders", index, 5);
    await using opened = await live(run.service.url as string);
    const { page } = opened;
    await connected(page);
    await page.locator("#alerts summary").click();
    await page.locator('.strip a[tabindex="0"]').focus();
    await window(run, "orders", 2, 5);
    await expect.poll(() => cells(page).count()).toBe(3);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.window)).toBe("1");
    expect(await page.locator("#alerts details").evaluate((one) => (one as HTMLDetailsElement).open)).toBe(true);
  });

  it("takes 20 datasets, 500 columns, and hostile and long names, on a phone too", async () => {
    const wide = Array.from({ length: 500 }, (_, k) => `column ${k}`);
    const texts = [
      ...hostile,
      "x".repeat(10_000),
      "</script><script>globalThis.broken=1</script>",
      "\u202Etxt.exe",
      "a\u0000\u001b[31mb",
    ];
    const names = [...new Set(texts)].filter((name) => name.length > 0);
    const many = Object.fromEntries(
      Array.from({ length: 18 }, (_, k) => [`dataset-${k}`, { window: { duration: "1m" }, time: "time" }] as const),
    );
    const free = { window: { duration: "1m" }, time: "time" } as const;
    const run = await started({ datasets: { wide: free, odd: free, ...many }, alerts: rules });
    const shifted = (of: readonly string[], by: number, count: number) =>
      Array.from({ length: count }, (_, k) => ({
        time: noon + k,
        ...Object.fromEntries(of.map((name) => [name, Math.sin(k) + by])),
      }));
    for (const [dataset, of] of [
      ["wide", wide],
      ["odd", names],
    ] as const) {
      await send(
        run,
        `/v1/${dataset}/reference`,
        shifted(of, 0, 60).map(({ time: _, ...row }) => row),
        "PUT",
      );
      await send(run, `/v1/${dataset}/rows`, [...shifted(of, 9, 40), { time: noon + minute }]);
    }
    await run.service.idle();
    await using opened = await live(run.service.url as string, { viewport: { width: 360, height: 740 } });
    const { page, complaints } = opened;
    await connected(page);
    expect(await page.locator("#all li").count()).toBe(20);
    expect(await page.locator("#datasets > section").count()).toBe(20);
    const section = page.locator("#datasets > section").first();
    expect(await section.locator(".strip tr").count()).toBe(25);
    await section.getByRole("button", { name: "476 more columns that drifted" }).click();
    expect(await section.locator(".strip tr").count()).toBe(501);
    await section.getByRole("button", { name: "Fewer columns" }).click();
    expect(await section.locator(".strip tr").count()).toBe(25);
    expect(await page.locator("#alerts > li").last().textContent()).toMatch(/^and \d+ more$/);
    expect(await sideways(page)).toBe(0);
    expect(await page.evaluate(() => (globalThis as { broken?: number }).broken)).toBe(undefined);
    expect(await page.locator("main img, main script, main style, plaintext").count()).toBe(0);
    const shown = await page.locator("#datasets > section").nth(1).innerText();
    expect(["\u0000", "\u001b", "\u202e"].filter((character) => shown.includes(character))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
