/** The words of a command line as options and files; which options belong to which command. */
import { parseArgs } from "node:util";
import { suggestion } from "../statistics/suggest.js";
import { UsageError } from "./usage-error.js";

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
  correlations: { type: "boolean" },
  target: { type: "string" },
  prediction: { type: "string" },
  features: { type: "string", multiple: true },
  joint: { type: "boolean" },
  "start-of-serving": { type: "string" },
  threads: { type: "string" },
  memory: { type: "string" },
  where: { type: "string", multiple: true },
  quality: { type: "boolean" },
  "no-quality": { type: "boolean" },
  "model-quality": { type: "boolean" },
  task: { type: "string" },
  scores: { type: "string" },
  positive: { type: "string" },
  query: { type: "string" },
  output: { type: "string", short: "o" },
  "expected-rows": { type: "string" },
  tolerance: { type: "string" },
  html: { type: "string" },
  json: { type: "string" },
  markdown: { type: "string" },
  junit: { type: "string" },
  csv: { type: "string" },
  arrow: { type: "string" },
  "fail-on-drift": { type: "string" },
  config: { type: "string" },
  port: { type: "string" },
  host: { type: "string" },
  check: { type: "boolean" },
  windows: { type: "string" },
  store: { type: "string" },
  dataset: { type: "string" },
  metric: { type: "string" },
  segment: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  limit: { type: "string" },
} as const;

/** Names of all options. */
export const optionWords: readonly string[] = Object.keys(options);

type OptionWord = keyof typeof options;

const results = ["html", "json", "markdown", "junit", "csv", "arrow"] as const;

/** Options of the commands other than `compare`. */
const ofCommand = {
  check: ["where", "quality", "no-quality", "threads", "memory", ...results],
  suite: ["preset", "columns", "expected-rows", "tolerance", "threads", "memory", "output", "json"],
  profile: ["columns", "threads", "memory", "output", "json"],
  merge: ["output", "json"],
  history: ["store", "metric", "segment", "from", "to", "limit", "json"],
  serve: ["config", "port", "host", "check"],
  demo: ["port", "windows"],
} as const satisfies Record<string, readonly OptionWord[]>;

/** Options that `compare` does not take. */
const notOfCompare: readonly OptionWord[] = [
  ...(["output", "expected-rows", "tolerance", "metric", "segment", "from", "to", "limit"] as const),
  ...(["config", "port", "host", "check", "windows"] as const),
];

/** Options with a number, which may be negative: to be refused in words. */
const numeric = [
  "--threshold",
  "--share",
  "--level",
  "--possible-level",
  "--minimum-values",
  "--learn",
  "--schedule",
  "--tolerance",
  "--limit",
];

export type OptionValues = ReturnType<typeof parsed>["values"];

/** Options that may stand alone, and what they mean then. `parseArgs` knows no option whose value may be left out. */
const alone: Readonly<Record<string, string>> = { "--fail-on-drift": "dataset", "--blocks": "auto", "--json": "-" };

/** @throws UsageError for an option that the command does not take */
export function needOptionsOf(command: "compare" | keyof typeof ofCommand, values: OptionValues): void {
  const takes = (word: OptionWord): boolean =>
    command === "compare" ? !notOfCompare.includes(word) : (ofCommand[command] as readonly OptionWord[]).includes(word);
  const strange = (Object.keys(values) as OptionWord[]).find((word) => !takes(word));
  if (strange !== undefined) throw new UsageError(`${command} takes no --${strange}`);
}

export function parsed(words: readonly string[]) {
  const end = words.indexOf("--");
  // parseArgs takes a value like -1 for an option.
  const args: string[] = [];
  for (const [k, word] of words.entries()) {
    const isOption = end < 0 || k < end;
    const last = args.at(-1);
    if (isOption && Object.hasOwn(alone, word)) args.push(`${word}=${alone[word]}`);
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
    const known = optionWords.map((name) => `--${name}`);
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
