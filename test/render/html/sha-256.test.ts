import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../dist/render/html/sha-256.js";

describe("sha256", () => {
  it("is that of OpenSSL, whatever the length", () => {
    const lengths = Array.from({ length: 260 }, (_, k) => "a".repeat(k));
    for (const text of [...lengths, "é€🙂".repeat(1000)]) expect(sha256(text)).toBe(ofOpenSsl(text));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(sha256(text)).toBe(ofOpenSsl(text));
      }),
    );
  });
});

function ofOpenSsl(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
