import { describe, expect, it } from "vitest";
import { progressOn } from "../../dist/cli/progress.js";
import { type Output, wantsColour, widthOf } from "../../dist/cli/terminal.js";

/** An output that keeps what is written to it. */
function recorder(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  const output = { isTTY, columns, write: (text: string) => written.push(text) } as unknown as Output;
  return { output, written };
}
const terminal = recorder(true, 120).output;
const pipe = recorder(false).output;

describe("colours", () => {
  it("are for terminals", () => {
    expect(wantsColour(terminal, {})).toBe(true);
    expect(wantsColour(pipe, {})).toBe(false);
    expect(wantsColour(terminal, { TERM: "dumb" })).toBe(false);
  });

  it("are off with NO_COLOR, unless it is empty", () => {
    expect(wantsColour(terminal, { NO_COLOR: "1" })).toBe(false);
    expect(wantsColour(terminal, { NO_COLOR: "" })).toBe(true);
  });

  it("are on with FORCE_COLOR wherever the output goes, off when it is 0", () => {
    expect(wantsColour(pipe, { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(true);
    expect(wantsColour(terminal, { FORCE_COLOR: "0" })).toBe(false);
  });
});

describe("the width", () => {
  it("is the terminal's, else that of COLUMNS, else 100", () => {
    expect(widthOf(terminal, { COLUMNS: "80" })).toBe(120);
    expect(widthOf(pipe, { COLUMNS: "80" })).toBe(80);
    expect(widthOf(pipe, {})).toBe(100);
    expect(widthOf(pipe, { COLUMNS: "wide" })).toBe(100);
    expect(widthOf(recorder(true, 0).output, {})).toBe(100);
  });
});

describe("progress", () => {
  it("is one line that is replaced and in the end erased", () => {
    const { output, written } = recorder(true, 80);
    const progress = progressOn(output, {});
    progress.show("one");
    progress.show("two");
    progress.clear();
    progress.clear();
    expect(written).toEqual(["\r\x1b[2Kone", "\r\x1b[2Ktwo", "\r\x1b[2K"]);
  });

  it("never fills a line, and shows control characters of names", () => {
    const { output, written } = recorder(true, 10);
    progressOn(output, {}).show("0123456789\n");
    progressOn(output, {}).show("a\nb");
    expect(written).toEqual(["\r\x1b[2K01234567…", "\r\x1b[2Ka␊b"]);
  });

  it("is silent where there is no terminal", () => {
    const { output, written } = recorder(false);
    const progress = progressOn(output, {});
    progress.show("one");
    progress.clear();
    progressOn(recorder(true).output, { TERM: "dumb" }).show("one");
    expect(written).toEqual([]);
  });
});
