/** From a command line and the tables it names to what `compare` takes. */
import type { Table } from "../column/column.js";
import type { EvidentlyOptions } from "../drift/evidently/options.js";
import type { CompareOptions } from "../drift/options.js";
import type { CompareCommand } from "./arguments.js";
import { suggestion } from "./suggest.js";
import { UsageError } from "./usage-error.js";

/** @throws UsageError for a column that neither table has, or a method that there is none of */
export function compareOptions(
  command: CompareCommand,
  tables: readonly Table[],
  methods: Iterable<string>,
): CompareOptions | EvidentlyOptions {
  const names = new Set(tables.flatMap(({ columns, unsupported }) => [...columns.keys(), ...unsupported.keys()]));
  for (const name of command.columns ?? []) needColumn(name, names, "in either table");
  const compared = new Set(command.columns ?? names);
  const place = command.columns ? "among those compared" : "in either table";
  for (const name of [...command.methods.keys(), ...command.thresholds.keys()]) needColumn(name, compared, place);
  const known = [...methods];
  for (const method of command.methods.values()) {
    if (known.includes(method)) continue;
    const near = suggestion(method, known);
    throw new UsageError(`there is no method ${JSON.stringify(method)}${near || `; there are ${known.join(", ")}`}`);
  }
  const chosen = {
    ...(command.columns && { columns: command.columns }),
    methods: record(command.methods),
    ...(command.threshold !== undefined && { threshold: command.threshold }),
    thresholds: record(command.thresholds),
    ...(command.share !== undefined && { share: command.share }),
  };
  if (command.preset) return { preset: command.preset, ...chosen };
  return { ...chosen, ...(command.correction && { correction: command.correction }), temporal: command.temporal };
}

function needColumn(name: string, known: ReadonlySet<string>, place: string): void {
  if (known.has(name)) return;
  throw new UsageError(`there is no column ${JSON.stringify(name)} ${place}${suggestion(name, known)}`);
}

/** Without a prototype: a column may be called `constructor`. */
function record<T>(entries: ReadonlyMap<string, T>): { readonly [name: string]: T } {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
