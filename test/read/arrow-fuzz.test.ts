import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { corpus, hasCorpus } from "./corpus.ts";
import { Hostile } from "./hostile.ts";

interface Verdict {
  readonly file: string;
  readonly pyarrow: "VALID" | "OPEN_ERROR" | "READ_ERROR";
}

/** Where this reader and pyarrow's full validation differ, and why. */
const differences: Readonly<Record<string, string>> = {
  "arrow-ipc-file/clusterfuzz-testcase-arrow-ipc-file-fuzz-6051391008473088":
    "big-endian: pyarrow swaps the bytes, this reader refuses them by name",
  "arrow-ipc-stream/clusterfuzz-testcase-minimized-arrow-ipc-stream-fuzz-5718685113384960":
    "a Utf8 field with a child, which no writer makes: pyarrow ignores the child, this reader refuses it",
};

const folder = "arrow-fuzz";
const there = hasCorpus(folder);
const oracle: Verdict[] = there ? JSON.parse(readFileSync(corpus(`${folder}/oracle.json`), "utf8")).files : [];

describe.skipIf(!there)("135 malformed Arrow files (corpus/arrow-fuzz)", () => {
  const hostile = new Hostile();
  afterAll(() => hostile.close());

  for (const { file, pyarrow } of oracle) {
    const valid = pyarrow === "VALID" && !(file in differences);
    it(`${valid ? "reads" : "refuses"} ${file}`, async () => {
      const outcome = await hostile.read(corpus(`${folder}/${file}`), "arrow");
      expect(outcome.error).toBe(valid ? undefined : "FormatError");
      expect(outcome.milliseconds).toBeLessThan(2000);
      expect(outcome.rss).toBeLessThan(2 ** 30);
    });

    it(`${valid ? "reads" : "refuses"} ${file} where it is`, async () => {
      const { error, rows, columns, milliseconds } = await hostile.read(corpus(`${folder}/${file}`), "arrow", true);
      expect(error).toBe(valid ? undefined : "FormatError");
      const whole = await hostile.read(corpus(`${folder}/${file}`), "arrow");
      expect({ rows, columns }).toEqual({ rows: whole.rows, columns: whole.columns });
      expect(milliseconds).toBeLessThan(2000);
    });
  }

  it("knows a verdict for every file", () => {
    expect(oracle).toHaveLength(135);
    expect(oracle.filter(({ pyarrow }) => pyarrow !== "VALID")).toHaveLength(131);
  });
});
