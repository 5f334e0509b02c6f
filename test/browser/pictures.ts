/** Pictures of pages, as they were when somebody last looked at them. Those that are missing are made, but not where all tests are to run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { launch, skipped } from "./browser.ts";

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
export const other = skipped || machine?.chromium !== recorded?.chromium || machine?.font !== recorded?.font;
export const drawn = `drawn by Chromium ${recorded?.chromium} with ${recorded?.font}`;

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
export const tolerance = 0.005;

/** Share of pixels that are not as they were in a picture of this name. */
export function differing(name: string, shot: Buffer): number {
  const file = golden(`${name}.png`);
  mkdirSync(golden(""), { recursive: true });
  if (!existsSync(golden("machine.json")))
    writeFileSync(golden("machine.json"), `${JSON.stringify(machine, null, 2)}\n`);
  if (!existsSync(file) && !process.env.CI) writeFileSync(file, shot);
  const [before, now] = [PNG.sync.read(readFileSync(file)), PNG.sync.read(shot)];
  if (now.width !== before.width || now.height !== before.height) return 1;
  const different = pixelmatch(before.data, now.data, null, now.width, now.height, { threshold: 0.1 });
  return different / (now.width * now.height);
}
