/** `suiteToYaml`: a suite as people read and edit it. */
import { operatorNames } from "./conditions.js";
import type { Check, Suite } from "./suite.js";
import { checkedSuite } from "./suite-problems.js";
import { conditionWords, subjectWords } from "./words.js";

/** Of a check, in the order in which they are written. */
const keys = ["name", "metric", "column", "of", "side", "segment", "where", "critical", ...operatorNames] as const;

/**
 * Writes a suite as YAML that `parseSuite` reads as the same suite: one line for a check, those of a column together under
 * its name, each with what it says as a comment where it has no name of its own.
 *
 * @param options.schema  address of the JSON Schema for editors, put into the first line
 * @throws as `check`, for what is no suite
 */
export function suiteToYaml(suite: Suite, { schema }: { readonly schema?: string } = {}): string {
  const { name, presets, compare, checks } = checkedSuite("suiteToYaml", suite);
  const lines = [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema.replaceAll(/\s/g, "%20")}`]),
    ...(name === undefined ? [] : [`name: ${scalar(name)}`]),
    ...(presets === undefined ? [] : [`presets: ${flow(presets)}`]),
    ...(compare === undefined ? [] : compareLines(compare)),
    ...(checks === undefined ? [] : ["checks:", ...checkLines(checks)]),
  ];
  return lines.length === 0 ? "{}\n" : `${lines.join("\n")}\n`;
}

function compareLines(compare: NonNullable<Suite["compare"]>): string[] {
  const entries = Object.entries(compare).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return ["compare: {}"];
  return ["compare:", ...entries.map(([key, value]) => `  ${scalar(key)}: ${flow(value)}`)];
}

function checkLines(checks: readonly Check[]): string[] {
  let group: string | undefined;
  return checks.flatMap((check) => {
    const next = groupOf(check);
    const heading = next === group ? [] : ["", `  # ${comment(next)}`];
    group = next;
    const fields = keys.flatMap((key) => (check[key] === undefined ? [] : [`${key}: ${flow(check[key])}`]));
    const note = check.name === undefined ? ` # ${comment(wordsOf(check))}` : "";
    return [...heading, `  - { ${fields.join(", ")} }${note}`];
  });
}

function groupOf({ column }: Check): string {
  if (column === undefined) return "the whole table";
  if (column === "*") return "all columns";
  return typeof column === "string" ? column : column.join(", ");
}

function wordsOf(check: Check): string {
  const place = { metric: check.metric, column: null, of: check.of ?? null, side: check.side ?? null };
  return `${subjectWords({ ...place, segment: check.segment ?? null })} ${conditionWords(check)}`;
}

const longestComment = 100;

/** In one line, without what ends it or cannot be printed. */
function comment(text: string): string {
  const letters = [...text.replaceAll(unprintable, " ")];
  return letters.length > longestComment ? `${letters.slice(0, longestComment - 1).join("")}…` : letters.join("");
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    return entries.length === 0
      ? "{}"
      : `{ ${entries.map(([key, one]) => `${scalar(key)}: ${flow(one)}`).join(", ")} }`;
  }
  if (typeof value === "bigint") return scalar(String(value));
  if (typeof value === "string") return scalar(value);
  // Digits would be read as those of a whole number that no double is.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return (value as number).toExponential();
  return Object.is(value, -0) ? "0" : String(value);
}

/** Words that YAML 1.1 or 1.2 takes for something else than text. */
const reserved = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;
const plain = /^[A-Za-z_][\w.@/-]*(?: [\w.@/-]+)*$/;

function scalar(text: string): string {
  if (plain.test(text) && !reserved.test(text) && text.length <= 80) return text;
  return JSON.stringify(text).replaceAll(
    unprintable,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What YAML does not allow as it is, what ends a line, and what turns its direction around. */
const unprintable =
  /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ufff9-\ufffb]/gu;
