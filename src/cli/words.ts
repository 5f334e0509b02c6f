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
  output: { type: "string", short: "o" },
  json: { type: "boolean" },
  "fail-on-drift": { type: "string" },
} as const;

/** Names of all options. */
export const optionWords: readonly string[] = Object.keys(options);

type OptionWord = keyof typeof options;

/** Options of the commands other than `compare`. */
const ofCommand = {
  profile: ["columns", "threads", "memory", "output", "json"],
  merge: ["output", "json"],
} as const satisfies Record<string, readonly OptionWord[]>;

/** Options that `compare` does not take. */
const notOfCompare: readonly OptionWord[] = ["output"];

/** Options with a number, which may be negative: to be refused in words. */
const numeric = ["--threshold", "--share", "--level", "--possible-level", "--minimum-values", "--learn", "--schedule"];

export type OptionValues = ReturnType<typeof parsed>["values"];

/** @throws UsageError for an option that the command does not take */
export function needOptionsOf(command: "compare" | keyof typeof ofCommand, values: OptionValues): void {
  const takes = (word: OptionWord): boolean =>
    command === "compare" ? !notOfCompare.includes(word) : (ofCommand[command] as readonly OptionWord[]).includes(word);
  const strange = (Object.keys(values) as OptionWord[]).find((word) => !takes(word));
  if (strange !== undefined) throw new UsageError(`${command} takes no --${strange}`);
}

export function parsed(words: readonly string[]) {
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
