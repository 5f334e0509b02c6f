/** `parseServiceConfig`: `monitor.yaml`, with the places of everything that is wrong with it. */
import { type PlacedData, placed, type TextProblem } from "../checks/placed-data.js";
import { readText } from "../checks/read-text.js";
import { nameAt, type Path, type Problem, schemaProblems } from "../checks/schema-problems.js";
import { shown } from "../statistics/option-checks.js";
import type { ServiceConfig } from "./config.js";
import { configProblems } from "./config-problems.js";
import { serviceSchema } from "./config-schema.js";

/** A configuration that cannot be used, with all that is wrong with it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** In the order of the text; lines and columns from 1. */
  readonly problems: readonly TextProblem[];

  /** @param file what the text is called */
  constructor(file: string, problems: readonly TextProblem[]) {
    super(problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join("\n"));
    this.problems = problems.map(({ line, column, message }) => ({ line, column, message }));
  }
}

/** Of the process, mostly. */
export type Environment = { readonly [name: string]: string | undefined };

/**
 * Reads what `smirnov serve` is told from YAML or JSON (docs/service.md, docs/service.schema.json).
 *
 * `${NAME}` in any text is the environment's NAME; its value never stands in a message.
 *
 * @param name  of the file, for messages: `monitor.yaml:7:5: unknown key of orders "windw"; did you mean "window"?`
 * @throws ConfigError with all problems, each with its line and column; TypeError for what is no text; Error when `yaml`
 *   is needed and not installed
 */
export async function parseServiceConfig(
  text: string,
  name = "config",
  environment: Environment = {},
): Promise<ServiceConfig> {
  if (typeof text !== "string") throw new TypeError(`parseServiceConfig: needs text, got ${shown(text)}`);
  if (typeof name !== "string") throw new TypeError(`parseServiceConfig: name must be text, got ${shown(name)}`);
  const { data, problems } = await readText("parseServiceConfig", text, name, "configuration");
  if (!data || problems.length > 0) throw new ConfigError(name, problems);
  const found = schemaProblems(data.value, serviceSchema, [], "configuration");
  if (found.length > 0) throw new ConfigError(name, placed(data, found));
  const { value, missing } = filledIn(data, environment);
  const { $schema: _, ...config } = value as ServiceConfig & { readonly $schema?: string };
  const wrong = [...missing, ...(missing.length > 0 ? [] : configProblems(config))];
  if (wrong.length > 0) throw new ConfigError(name, placed(data, wrong));
  return config;
}

/**
 * The same checks for an object.
 *
 * @throws TypeError for what is no object, RangeError with all problems
 */
export function checkedConfig(caller: string, config: ServiceConfig): ServiceConfig {
  if (typeof config !== "object" || config === null) {
    throw new TypeError(`${caller}: needs a configuration, got ${shown(config)}`);
  }
  const problems = schemaProblems(config, serviceSchema, [], "configuration");
  const wrong = problems.length > 0 ? problems : configProblems(config);
  if (wrong.length === 0) return config;
  const told = wrong.map(({ path, message, onKey }) => {
    const place = onKey ? path.slice(0, -1) : path;
    const where = nameAt(place, "configuration");
    return message.startsWith(where) ? message : `${where}: ${message}`;
  });
  throw new RangeError(`${caller}: ${told.join("; ")}`);
}

function filledIn(data: PlacedData, environment: Environment): { value: unknown; missing: Problem[] } {
  const missing: Problem[] = [];
  const fill = ({ value, entries, items }: PlacedData, path: Path): unknown => {
    if (entries) {
      return Object.fromEntries(Array.from(entries, ([key, one]) => [key, fill(one.data, [...path, key])]));
    }
    if (items) return items.map((item, index) => fill(item, [...path, index]));
    if (typeof value !== "string") return value;
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = environment[name];
      if (found) return found;
      const what = found === "" ? "is empty" : "is not set";
      missing.push({ path, message: `the environment's ${name} ${what}` });
      return "";
    });
  };
  return { value: fill(data, []), missing };
}
