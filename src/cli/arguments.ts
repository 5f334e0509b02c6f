/** From the words of a command line to what was asked for. */
import { parseArgs } from "node:util";
import type { Correction } from "../statistics/adjust.js";
import { suggestion } from "./suggest.js";
import { UsageError } from "./usage-error.js";

export interface CompareCommand {
  readonly command: "compare";
  readonly reference: string;
  readonly current: string;
  readonly columns: readonly string[] | undefined;
  /** Method by column. */
  readonly methods: ReadonlyMap<string, string>;
  /** Of all columns but those in `thresholds`. */
  readonly threshold: number | undefined;
  readonly thresholds: ReadonlyMap<string, number>;
  readonly temporal: boolean;
  readonly correction: Correction | undefined;
  readonly share: number | undefined;
  /** Columns whose values cut the rows into segments, and those whose values pair them. */
  readonly by: readonly string[] | undefined;
  readonly pairBy: readonly string[] | undefined;
  readonly json: boolean;
  readonly failOnDrift: "dataset" | "any" | undefined;
}

export type Command = CompareCommand | { readonly command: "help" } | { readonly command: "version" };

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
  columns: { type: "string", multiple: true },
  method: { type: "string", multiple: true },
  threshold: { type: "string", multiple: true },
  temporal: { type: "boolean" },
  correction: { type: "string" },
  share: { type: "string" },
  by: { type: "string", multiple: true },
  "pair-by": { type: "string", multiple: true },
  json: { type: "boolean" },
  "fail-on-drift": { type: "string" },
} as const;

const commands = ["compare", "help", "version"];
const corrections = ["bh", "by", "holm", "bonferroni"] as const;

/**
 * Reads a command line.
 *
 * @throws UsageError in words for the person who typed it
 */
export function parseCommand(words: readonly string[]): Command {
  const { values, positionals } = parsed(words);
  const [command, ...files] = positionals;
  if (values.help || command === "help") return { command: "help" };
  if (values.version || command === "version") return { command: "version" };
  if (command === undefined) throw new UsageError("no command given");
  if (command !== "compare") {
    const near = suggestion(command, commands);
    throw new UsageError(`there is no command ${JSON.stringify(command)}${near || "; compare comes first"}`);
  }
  const [reference, current] = files;
  if (reference === undefined || current === undefined || files.length > 2) {
    throw new UsageError(`compare needs two files, reference and current, got ${files.length}`);
  }
  const thresholds = (values.threshold ?? []).map((text) => thresholdOf(text));
  return {
    command: "compare",
    reference,
    current,
    columns: values.columns?.flatMap(listed),
    methods: new Map((values.method ?? []).map((text) => pair("method", text))),
    threshold: thresholds.findLast(([column]) => column === null)?.[1],
    thresholds: new Map(thresholds.flatMap(([column, x]) => (column === null ? [] : [[column, x] as const]))),
    temporal: values.temporal ?? false,
    correction: values.correction === undefined ? undefined : oneOf("correction", values.correction, corrections),
    share: values.share === undefined ? undefined : shareOf(values.share),
    by: values.by?.flatMap(listed),
    pairBy: values["pair-by"]?.flatMap(listed),
    json: values.json ?? false,
    failOnDrift:
      values["fail-on-drift"] === undefined
        ? undefined
        : oneOf("fail-on-drift", values["fail-on-drift"], ["dataset", "any"] as const),
  };
}

function parsed(words: readonly string[]) {
  const end = words.indexOf("--");
  // parseArgs knows no option whose value may be left out, and takes a value like -1 for an option.
  const args: string[] = [];
  for (const [k, word] of words.entries()) {
    const isOption = end < 0 || k < end;
    const last = args.at(-1);
    if (isOption && word === "--fail-on-drift") args.push("--fail-on-drift=dataset");
    else if (isOption && (last === "--threshold" || last === "--share") && /^-[\d.]/.test(word)) {
      args[args.length - 1] = `${last}=${word}`;
    } else args.push(word);
  }
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
    const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(optionMessage(message), { cause: error });
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new UsageError(`there is no option ${unknown}${suggestion(unknown, known)}`, { cause: error });
  }
}

/** What `parseArgs` says, in one sentence: it explains more than one wants to read. */
function optionMessage(message: string): string {
  const name = /'(?:-\w, )?(--[\w-]+)/.exec(message)?.[1] ?? "an option";
  if (/argument missing|is ambiguous/.test(message)) return `${name} needs a value`;
  if (/does not take an argument/.test(message)) return `${name} takes no value`;
  return message.split(/[.\n]/)[0]!;
}

/** `a,b` where `\,` and `\\` stand for themselves. */
function listed(text: string): string[] {
  const names = text.match(/(?:\\[\s\S]|[^,\\]|\\$)+/g) ?? [];
  return names.map((name) => name.replace(/\\([,\\])/g, "$1"));
}

/** `column=value`; the name may contain `=`, the value may not. */
function pair(option: string, text: string, value = "name"): [column: string, value: string] {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1) {
    throw new UsageError(`--${option} needs column=${value}, got ${JSON.stringify(text)}`);
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

function thresholdOf(text: string): [column: string | null, threshold: number] {
  const [column, value] = text.includes("=") ? pair("threshold", text, "number") : [null, text];
  return [column, numberOf("threshold", value, (x) => x >= 0, "a number of at least 0")];
}

function shareOf(text: string): number {
  return numberOf("share", text, (x) => x > 0 && x <= 1, "a number above 0 and up to 1");
}

function numberOf(option: string, text: string, accepts: (x: number) => boolean, wanted: string): number {
  const x = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(x) && accepts(x)) return x;
  throw new UsageError(`--${option} needs ${wanted}, got ${JSON.stringify(text)}`);
}

function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  const list = `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`;
  throw new UsageError(`--${option} needs ${list}, got ${JSON.stringify(text)}${suggestion(text, known)}`);
}
