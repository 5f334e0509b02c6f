import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, escaped, html, named, trusted } from "../../../dist/render/html/markup.js";
import { hostile } from "./hostile.ts";

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom(...hostile));

describe("escaped", () => {
  it("leaves nothing that could end a text or an attribute, and no half or invisible control characters", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const safe = escaped(text);
        expect(safe).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
        expect(safe).not.toMatch(/\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        expect(safe).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it("keeps what is harmless", () => {
    expect(escaped("price (€) = 5 % · 地域 🙂")).toBe("price (€) = 5 % · 地域 🙂");
    expect(escaped(`<a href="x">'&`)).toBe("&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
  });
});

describe("html", () => {
  it("escapes every piece but markup, and leaves out what is nothing", () => {
    const pieces = ["<", html`<b>${"&"}</b>`, [1, ["'"]], trusted("<i>"), null, undefined, false] as const;
    expect(html`<p>${pieces}</p>`.markup).toBe("<p>&lt;<b>&amp;</b>1&#39;<i></p>");
  });
});

describe("cut", () => {
  it("keeps at most as many characters, the last one an ellipsis where some are missing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), fc.integer({ min: 1, max: 60 }), (text, longest) => {
        const short = cut(text, longest);
        const letters = Array.from(text);
        expect(short).toBe(letters.length <= longest ? text : `${letters.slice(0, longest - 1).join("")}…`);
      }),
    );
  });
});

describe("named", () => {
  it("isolates a name, and has a long one in its title, which is bounded too", () => {
    expect(named("price").markup).toBe("<bdi>price</bdi>");
    const { markup } = named("x".repeat(10_000), 20);
    expect(markup).toBe(`<bdi title="${"x".repeat(399)}…">${"x".repeat(19)}…</bdi>`);
  });
});
