/** What is wrong with an action. Nothing that may be secret is told. */
import { shown } from "../statistics/option-checks.js";
import { suggestion } from "../statistics/suggest.js";
import { isObject, isText, type Problem, timeProblems, unknownKeys } from "./problems.js";

const tried = ["timeout", "retries"];

/** Options of each action; those that it needs first. */
export const actionOptions: {
  readonly [action: string]: { readonly needs: readonly string[]; readonly takes: readonly string[] };
} = {
  webhook: { needs: ["url"], takes: ["secret", "headers", "format", ...tried] },
  alertmanager: { needs: ["url"], takes: ["labels", "token", "resend", "generatorUrl", ...tried] },
  command: { needs: ["command"], takes: tried },
  retrain: { needs: [], takes: ["url", "command", "secret", "headers", "rebaseline", ...tried] },
};

const choices: Readonly<Record<string, readonly string[]>> = {
  format: ["event", "slack"],
  rebaseline: ["drifted-windows", "none"],
};

export function actionProblems(action: unknown, path: Problem["path"]): Problem[] {
  if (!isObject(action)) return [{ path, message: `an action must be an object, got ${shown(action)}` }];
  const kinds = Object.keys(actionOptions);
  const { action: kind } = action;
  if (typeof kind !== "string" || !kinds.includes(kind)) {
    const near = (typeof kind === "string" && suggestion(kind, kinds)) || `; there are ${kinds.join(", ")}`;
    return [{ path: [...path, "action"], message: `unknown action ${shown(kind)}${near}` }];
  }
  const { needs, takes } = actionOptions[kind]!;
  const problems = unknownKeys(action, ["action", ...needs, ...takes], path, `option of ${kind}`);
  for (const key of needs) {
    if (!Object.hasOwn(action, key)) problems.push({ path, message: `${kind} needs ${key}` });
  }
  const { url, command, rebaseline, retries } = action;
  if (kind === "retrain" && url !== undefined && command !== undefined) {
    problems.push({ path, message: "retrain has url or command, not both" });
  }
  if (kind === "retrain" && url === undefined && command === undefined && rebaseline !== "drifted-windows") {
    problems.push({ path, message: "retrain needs url or command, or rebaseline: drifted-windows" });
  }
  if (url !== undefined) problems.push(...urlProblems(url, [...path, "url"]));
  if (command !== undefined && !(Array.isArray(command) && command.length > 0 && command.every((one) => isText(one)))) {
    problems.push({ path: [...path, "command"], message: "command must be a list: the program, then its words" });
  }
  if (retries !== undefined && !(Number.isSafeInteger(retries) && (retries as number) >= 0)) {
    problems.push({ path: [...path, "retries"], message: `retries must be a whole number, got ${shown(retries)}` });
  }
  for (const key of ["timeout", "resend"]) problems.push(...timeProblems(action[key], [...path, key]));
  for (const key of ["secret", "token", "generatorUrl"]) {
    if (action[key] !== undefined && !isText(action[key])) {
      problems.push({ path: [...path, key], message: `${key} must be text that is not empty` });
    }
  }
  if (isText(action.token) && !isHeader(action.token)) {
    problems.push({ path: [...path, "token"], message: "token must be text of one line in Latin-1" });
  }
  for (const key of ["headers", "labels"]) problems.push(...textsProblems(action[key], [...path, key]));
  for (const [key, known] of Object.entries(choices)) {
    if (action[key] === undefined || known.includes(action[key] as string)) continue;
    const message = `${key} must be one of ${known.join(", ")}, got ${shown(action[key])}`;
    problems.push({ path: [...path, key], message });
  }
  return problems;
}

/** What HTTP takes. */
const isHeader = (text: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

function urlProblems(url: unknown, path: Problem["path"]): Problem[] {
  const parsed = typeof url === "string" && URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) {
    return [{ path, message: "url must be an address that begins with http:// or https://" }];
  }
  if (parsed.username === "" && parsed.password === "") return [];
  return [{ path, message: "url must not hold a password: use headers or token" }];
}

/** Names as HTTP and Alertmanager take them, with texts. */
function textsProblems(value: unknown, path: Problem["path"]): Problem[] {
  if (value === undefined) return [];
  const key = path.at(-1);
  if (!isObject(value)) return [{ path, message: `${key} must be an object of texts, got ${shown(value)}` }];
  const name = key === "headers" ? /^[\w!#$%&'*+.^`|~-]+$/ : /^[a-zA-Z_][a-zA-Z0-9_]*$/;
  return Object.entries(value).flatMap(([one, text]): Problem[] => {
    if (!name.test(one))
      return [{ path: [...path, one], onKey: true, message: `${JSON.stringify(one)} is no name of ${key}` }];
    const isTold = typeof text === "string" && (key === "labels" || isHeader(text));
    return isTold
      ? []
      : [{ path: [...path, one], message: `${key} must be texts, those of headers of one line in Latin-1` }];
  });
}
