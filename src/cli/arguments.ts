/** From the words of a command line to what was asked for. */
import { parseArgs } from "node:util";
import type { DatasetRule, Schedule } from "../drift/decision-options.js";
import type { Correction } from "../statistics/adjust.js";
import { suggestion } from "./suggest.js";
import { UsageError } from "./usage-error.js";

export interface CompareCommand {
  readonly command: "compare";
  readonly reference: string;
  readonly current: string;
  readonly columns: readonly string[] | undefined;
  readonly preset: "evidently" | undefined;
  /** Of all columns but those in `methods`. */
  readonly method: string | undefined;
  /** Method by column, or by kind where no column is called so. */
  readonly methods: ReadonlyMap<string, string>;
  /** Of all columns but those in `thresholds`. */
  readonly threshold: number | undefined;
  /** By column or kind, as `methods`. */
  readonly thresholds: ReadonlyMap<string, number>;
  readonly temporal: boolean;
  readonly level: number | undefined;
  readonly possibleLevel: number | undefined;
  readonly minimumValues: number | undefined;
  readonly correction: Correction | undefined;
  readonly clusterBy: string | undefined;
  readonly blocks: number | true | undefined;
  /** Chunks of the reference that thresholds are learned from. */
  readonly learn: number | undefined;
  readonly share: number | undefined;
  readonly datasetRule: DatasetRule | undefined;
  readonly weights: ReadonlyMap<string, number>;
  readonly schedule: Schedule | undefined;
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
  preset: { type: "string" },
  method: { type: "string", multiple: true },
  threshold: { type: "string", multiple: true },
  temporal: { type: "boolean" },
  level: { type: "string" },
  "possible-level": { type: "string" },
  "minimum-values": { type: "string" },
  correction: { type: "string" },
  "cluster-by": { type: "string" },
  blocks: { type: "string" },
  learn: { type: "string" },
  "dataset-rule": { type: "string" },
  weight: { type: "string", multiple: true },
  schedule: { type: "string" },
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
  const methods = (values.method ?? []).map(methodOf);
  return {
    command: "compare",
    reference,
    current,
    columns: values.columns?.flatMap(listed),
    preset: given(values.preset, (name) => presetOf(name, values)),
    method: ofAll(methods),
    methods: ofSome(methods),
    threshold: ofAll(thresholds),
    thresholds: ofSome(thresholds),
    temporal: values.temporal ?? false,
    level: given(values.level, (text) => levelOf("level", text)),
    possibleLevel: given(values["possible-level"], (text) => levelOf("possible-level", text)),
    minimumValues: given(values["minimum-values"], (text) => countOf("minimum-values", text, 1)),
    correction: given(values.correction, (text) => oneOf("correction", text, corrections)),
    clusterBy: values["cluster-by"],
    blocks: given(values.blocks, (text) => text === "auto" || countOf("blocks", text, 1)),
    learn: given(values.learn, (text) => countOf("learn", text, 2)),
    share: given(values.share, shareOf),
    datasetRule: given(values["dataset-rule"], (text) => oneOf("dataset-rule", text, ["share", "any"] as const)),
    weights: new Map((values.weight ?? []).map(weightOf)),
    schedule: given(values.schedule, scheduleOf),
    by: values.by?.flatMap(listed),
    pairBy: values["pair-by"]?.flatMap(listed),
    json: values.json ?? false,
    failOnDrift: given(values["fail-on-drift"], (text) => oneOf("fail-on-drift", text, ["dataset", "any"] as const)),
  };
}

function given<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  return text === undefined ? undefined : read(text);
}

/** A setting and what it is for; `null`: everything. */
type Setting<T> = readonly [of: string | null, value: T];

function ofAll<T>(settings: readonly Setting<T>[]): T | undefined {
  return settings.findLast(([of]) => of === null)?.[1];
}

function ofSome<T>(settings: readonly Setting<T>[]): Map<string, T> {
  return new Map(settings.flatMap(([of, value]) => (of === null ? [] : [[of, value] as const])));
}

/** Options with a number, which may be negative: to be refused in words. */
const numeric = ["--threshold", "--share", "--level", "--possible-level", "--minimum-values", "--learn", "--schedule"];

/** @throws UsageError beside an option that a preset does not know */
function presetOf(name: string, values: ReturnType<typeof parsed>["values"]): "evidently" {
  const preset = oneOf("preset", name, ["evidently"]);
  const other = decisive.find((option) => values[option] !== undefined);
  if (other !== undefined) throw new UsageError(`--preset ${preset} and --${other} do not go together`);
  return preset;
}

/** What decides without a preset. */
const decisive = [
  "temporal",
  "level",
  "possible-level",
  "minimum-values",
  "correction",
  "cluster-by",
  "blocks",
  "learn",
  "dataset-rule",
  "weight",
  "schedule",
  "by",
  "pair-by",
] as const;

function parsed(words: readonly string[]) {
  const end = words.indexOf("--");
  // parseArgs knows no option whose value may be left out, as of --blocks, and takes a value like -1 for an option.
  const args: string[] = [];
  for (const [k, word] of words.entries()) {
    const isOption = end < 0 || k < end;
    const last = args.at(-1);
    if (isOption && word === "--fail-on-drift") args.push("--fail-on-drift=dataset");
    else if (isOption && word === "--blocks") args.push("--blocks=auto");
    else if (isOption && numeric.includes(last ?? "") && /^-[\d.]/.test(word)) {
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

function methodOf(text: string): Setting<string> {
  return text.includes("=") ? pair("method", text) : [null, text];
}

function weightOf(text: string): [column: string, weight: number] {
  const [column, value] = pair("weight", text, "number");
  return [column, numberOf("weight", value, (x) => x >= 0, "a number of at least 0")];
}

function levelOf(option: string, text: string): number {
  return numberOf(option, text, (x) => x > 0 && x < 1, "a number between 0 and 1");
}

function countOf(option: string, text: string, least: number): number {
  return numberOf(option, text, (x) => Number.isInteger(x) && x >= least, `a whole number of at least ${least}`);
}

const units = { hour: "perHour", day: "perDay", week: "perWeek", month: "perMonth", year: "perYear" } as const;

/** `24/day` */
function scheduleOf(text: string): Schedule {
  const [times = "", unit = ""] = text.split("/");
  const known = Object.keys(units).find((name) => name === unit) as keyof typeof units | undefined;
  const count = Number(times);
  if (known && times.trim() !== "" && Number.isFinite(count) && count > 0) return { [units[known]]: count };
  throw new UsageError(
    `--schedule needs a number by hour, day, week, month or year, as 24/day, got ${JSON.stringify(text)}`,
  );
}

function thresholdOf(text: string): Setting<number> {
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
  const list = known.length === 1 ? known[0] : `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`;
  throw new UsageError(`--${option} needs ${list}, got ${JSON.stringify(text)}${suggestion(text, known)}`);
}
