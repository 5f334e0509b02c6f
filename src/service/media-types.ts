/** Media types of bodies, and what they stand for. */
import { Problem } from "./problem.js";

export type BodyFormat = "json" | "ndjson" | "arrow" | "parquet" | "csv" | "profile" | "table";

/** Of tables as a monitor keeps them, which only the service itself sends. */
export const tableType = "application/vnd.smirnov.table";

const formats: Readonly<Record<string, BodyFormat>> = {
  "application/json": "json",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/vnd.apache.arrow.stream": "arrow",
  "application/vnd.apache.arrow.file": "arrow",
  "text/csv": "csv",
  "application/vnd.apache.parquet": "parquet",
  "application/vnd.smirnov.profile": "profile",
  [tableType]: "table",
};

/** Media types of some formats. */
export function typesOf(...wanted: readonly BodyFormat[]): string[] {
  return Object.keys(formats).filter((type) => wanted.includes(formats[type]!));
}

/** @throws Problem 415 for a type that is not one of these formats, or for text that is no UTF-8 */
export function formatOf(header: string | undefined, wanted: readonly BodyFormat[]): BodyFormat {
  const [type = "", ...parameters] = (header ?? "").toLowerCase().split(";");
  const format = formats[type.trim()];
  if (format === undefined || !wanted.includes(format)) {
    const known = typesOf(...wanted).filter((name) => name !== tableType);
    const got = header === undefined ? "none" : type.trim();
    throw new Problem(415, `the content type must be one of ${known.join(", ")}, got ${got}`, {
      headers: { accept: known.join(", ") },
    });
  }
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([\w-]+)"?\s*$/.exec(one)?.[1]).find(Boolean);
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8" && charset !== "us-ascii") {
    throw new Problem(415, `text must be UTF-8, got charset ${charset}`);
  }
  return format;
}
