/** Chromium as the tests of pages use it, where there is one. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const candidates = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].flatMap((name) =>
  (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)),
);
const executable = [process.env.CHROMIUM ?? "", ...candidates].find((file) => file !== "" && existsSync(file));

/** Without a browser these tests are skipped, but not where all of them are to run. */
export const skipped = executable === undefined && !process.env.CI;

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--font-render-hinting=none",
];

/** With a profile of its own, which is removed in the end. */
export function launch(): Promise<Browser> {
  if (executable === undefined) throw new Error("Chromium is needed: install it, or name it by the variable CHROMIUM");
  return chromium.launch({ executablePath: executable, args: flags });
}

/** A page from a file, and everything that it complained of or asked for besides itself. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function open(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-page-"));
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  const complaints = complaintsOf(page, (asked) => asked === url);
  await page.goto(url);
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { page, complaints, [Symbol.asyncDispose]: close };
}

/** What a page complains of from now on, and what it asks for that is not its own. */
export function complaintsOf(page: Page, isOwn: (url: string) => boolean): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!isOwn(request.url())) complaints.push(`request: ${request.url().slice(0, 200)}`);
  });
  return complaints;
}

/** Opens every detail of a page. */
export const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
