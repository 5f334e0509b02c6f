/** Keys of runs: ids may be long, and indexes take no long texts. */
import { createHash } from "node:crypto";
import { storedText } from "./texts.js";

/** The first half of the id's SHA-256, as a UUID. */
export function keyOf(id: string): string {
  const digits = createHash("sha256").update(storedText(id)).digest("hex");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ].join("-");
}
