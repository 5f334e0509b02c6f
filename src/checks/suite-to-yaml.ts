/** `suiteToYaml`: a suite as people read and edit it. */
import { operatorNames } from "./conditions.js";
import type { Check, Suite } from "./suite.js";
import { checkedSuite } from "./suite-problems.js";

/** Of a check, in the order in which they are written. */
const keys = ["name", "metric", "column", "of", "side", "segment", "where", ...operatorNames, "critical"] as const;

/**
 * Writes a suite as YAML that `parseSuite` reads as the same suite: one line for a check, those of a column together under
 * its name, and lists of names with a line each.
 *
 * @param options.comment  lines that stand above all
 * @param options.schema  address of the JSON Schema for editors, put into the first line
 * @throws as `check`, for what is no suite
 */
export function suiteToYaml(
  suite: Suite,
  { schema, comment: above }: { readonly schema?: string; readonly comment?: readonly string[] } = {},
): string {
  const { name, presets, compare, checks } = checkedSuite("suiteToYaml", suite);
  const lines = [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema.replaceAll(/\s/g, "%20")}`]),
    ...(above ?? []).map((line) => `# ${comment(line)}`),
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
    const heading = [...(group === undefined ? [] : [""]), `  # ${comment(next)}`];
    const lines = linesOf(check);
    const isSame = next === group;
    group = next;
    return isSame ? lines : [...heading, ...lines];
  });
}

/** One, unless there is a list of names: changes of that are read line by line. */
function linesOf(check: Check): string[] {
  const fields = keys.flatMap((key) => (check[key] === undefined ? [] : [[key, check[key]] as const]));
  const isList = ([key, value]: (typeof fields)[number]): boolean =>
    (key === "eq" || key === "notEq") && Array.isArray(value) && value.length > 0;
  if (!fields.some(isList)) return [`  - { ${fields.map(([key, value]) => `${key}: ${flow(value)}`).join(", ")} }`];
  return fields.flatMap((field, k) => {
    const [key, value] = field;
    const start = `  ${k === 0 ? "-" : " "} ${key}:`;
    return isList(field)
      ? [start, ...(value as readonly string[]).map((one) => `      - ${scalar(one)}`)]
      : [`${start} ${flow(value)}`];
  });
}

function groupOf({ column }: Check): string {
  if (column === undefined) return "the whole table";
  if (column === "*") return "all columns";
  return typeof column === "string" ? column : column.join(", ");
}

const longestComment = 120;

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
