/** What no file of the repository may hold. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { at, filesIn, run, text } from "./repository.ts";

const sources = [...filesIn("src", ".ts"), ...filesIn("assembly", ".ts")];

describe("the sources", () => {
  it("leave nothing to be done in comments", () => {
    expect(sources.filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text(file)))).toEqual([]);
  });

  it("are files of at most 300 lines", () => {
    expect(sources.filter((file) => text(file).trimEnd().split("\n").length > 300)).toEqual([]);
  });
});

describe.skipIf(!existsSync(at(".git")))("the files under version control", () => {
  it("name no path of one machine", async () => {
    const { output } = await run("git", ["ls-files", "-z"]);
    const files = output.split("\0").filter((file) => file !== "" && existsSync(at(file)));
    expect(files).toContain("package.json");
    const path = /(?<![\w.:/~$}-])\/(home|root|Users|work|workspace)\/\w|[A-Z]:\\{1,2}Users\\/;
    const wrong = files.filter((file) => {
      const bytes = readFileSync(at(file));
      return !bytes.includes(0) && path.test(bytes.toString("latin1"));
    });
    expect(wrong).toEqual([]);
  });
});
