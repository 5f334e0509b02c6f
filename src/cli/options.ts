/** From a command line and the tables it names to what `compare` takes. */
import type { Table } from "../column/column.js";
import type { CompareOptions } from "../drift/options.js";
import type { CompareCommand } from "./arguments.js";
import { suggestion } from "./suggest.js";
import { UsageError } from "./usage-error.js";

/** @throws UsageError for a column that neither table has, or a method that there is none of */
export function compareOptions(
  command: CompareCommand,
  tables: readonly Table[],
  methods: Iterable<string>,
): CompareOptions {
  const names = new Set(tables.flatMap(({ columns, unsupported }) => [...columns.keys(), ...unsupported.keys()]));
  for (const name of command.columns ?? []) needColumn(name, names, "in either table");
  const compared = new Set(command.columns ?? names);
  const place = command.columns ? "among those compared" : "in either table";
  for (const name of [...command.methods.keys(), ...command.thresholds.keys()]) needColumn(name, compared, place);
  for (const name of keyColumns(command)) needColumn(name, names, "in either table");
  const known = [...methods];
  for (const method of command.methods.values()) {
    if (known.includes(method)) continue;
    const near = suggestion(method, known);
    throw new UsageError(`there is no method ${JSON.stringify(method)}${near || `; there are ${known.join(", ")}`}`);
  }
  return {
    ...(command.columns && { columns: command.columns }),
    methods: record(command.methods),
    ...(command.threshold !== undefined && { threshold: command.threshold }),
    thresholds: record(command.thresholds),
    ...(command.correction && { correction: command.correction }),
    ...(command.share !== undefined && { share: command.share }),
    temporal: command.temporal,
    ...(command.by && { by: command.by }),
    ...(command.pairBy && { pairBy: command.pairBy }),
  };
}

/** Columns that tell rows apart; they are read too where only some columns are compared. */
export function keyColumns({ by = [], pairBy = [] }: CompareCommand): readonly string[] {
  return [...by, ...pairBy];
}

function needColumn(name: string, known: ReadonlySet<string>, place: string): void {
  if (known.has(name)) return;
  throw new UsageError(`there is no column ${JSON.stringify(name)} ${place}${suggestion(name, known)}`);
}

/** Without a prototype: a column may be called `constructor`. */
function record<T>(entries: ReadonlyMap<string, T>): { readonly [name: string]: T } {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
