/** What bytes of a profile begin with, and the numbers that stand for words in them; see docs/profile-format.md. */
import type { ColumnProfile } from "./profile.js";

export const magic = "SMIRNOVP";
export const version = 1;

/** A column's kind is its place here. */
export const kinds: readonly ColumnProfile["kind"][] = ["numeric", "boolean", "temporal", "categorical"];

/** Bytes before the first column, and those of the checksum at the end. */
export const headBytes = 40;
export const checksumBytes = 8;
