/** Parquet files, decoded into a spill: row group by row group, and of each column by column. */
import type { Opened, OpenedColumn } from "./opened.js";
import { decodeParquet } from "./parquet.js";
import type { Spill, SpilledColumn } from "./spill.js";

/** @throws as `readTable` */
export async function openParquet(path: string, columns: readonly string[] | undefined, spill: Spill): Promise<Opened> {
  const made = new Map<string, SpilledColumn>();
  const { rows, unsupported } = await decodeParquet("openTable", path, columns, {
    apart: true,
    column: (name, about) => made.set(name, spill.column(about, `${path}, column ${name}`)),
    rows(part) {
      for (const [name, { chunks }] of part.columns)
        for (const chunk of chunks) spill.add(made.get(name)!, chunk, false);
    },
  });
  const opened = [...made].map(([name, spilled]): [string, OpenedColumn] => [name, { about: spilled.about, spilled }]);
  return { where: path, rows, columns: new Map(opened), unsupported };
}
