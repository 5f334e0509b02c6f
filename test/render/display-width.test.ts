import { describe, expect, it } from "vitest";
import { displayWidth, harmless, pad, truncate } from "../../dist/render/display-width.js";

describe("displayWidth", () => {
  it.each([
    ["price", 5],
    ["größe", 5],
    ["gro\u0308ße", 5],
    ["地域", 4],
    ["ﾊﾝｶｸ", 4],
    ["한국", 4],
    ["👩‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["❤", 1],
    ["\u200b", 0],
    ["", 0],
  ])("of %s is %i cells", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("truncate", () => {
  it("leaves alone what fits", () => {
    expect(truncate("price", 5)).toBe("price");
  });

  it("ends with an ellipsis that is part of the width", () => {
    expect(truncate("a long name", 6)).toBe("a lon…");
    expect(truncate("ab", 1)).toBe("…");
    expect(truncate("ab", 0)).toBe("");
  });

  it("never cuts a wide character or a cluster in two", () => {
    expect(truncate("地域名称", 6)).toBe("地域…");
    expect(truncate("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301…");
  });
});

describe("pad", () => {
  it("counts cells, on either side", () => {
    expect(pad("地", 4)).toBe("地  ");
    expect(pad("7", 3, "left")).toBe("  7");
    expect(pad("long", 2)).toBe("long");
  });
});

describe("harmless", () => {
  it("shows control characters instead of obeying them", () => {
    expect(harmless("\x1b[31mred\n\x7f\x9b")).toBe("␛[31mred␊␡\ufffd");
  });

  it("replaces marks that turn the direction of a line, line separators and halves of characters", () => {
    expect(harmless("a\u202eb\u2028c\ud800d")).toBe("a\ufffdb\ufffdc\ufffdd");
  });

  it("keeps everything else", () => {
    expect(harmless("größe 地域 👩‍👩‍👧")).toBe("größe 地域 👩‍👩‍👧");
  });
});
