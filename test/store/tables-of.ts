/** What a database says of its tables. */
import { sql } from "kysely";
import type { Database } from "../../dist/store/databases/database.js";

/** By table: its columns in order, with their types as PostgreSQL names them, and `null` where they may have no value. */
export async function tablesOf({ queries, schema }: Database): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ table_name: string; column_name: string; data_type: string; is_nullable: string }>`
    select table_name, column_name, data_type, is_nullable from information_schema.columns
    where table_schema = coalesce(cast(${schema} as text), current_schema()) and table_name not like 'smirnov%'
    order by table_name, ordinal_position`.execute(queries);
  const tables: Record<string, string[]> = {};
  for (const { table_name, column_name, data_type, is_nullable } of rows) {
    const type = types[data_type] ?? data_type.toLowerCase();
    tables[table_name] ??= [];
    tables[table_name].push(`${column_name}: ${type}${is_nullable === "YES" ? " or null" : ""}`);
  }
  return tables;
}

/** DuckDB's names, and long ones. */
const types: Readonly<Record<string, string>> = {
  VARCHAR: "text",
  DOUBLE: "double precision",
  "TIMESTAMP WITH TIME ZONE": "timestamptz",
  "timestamp with time zone": "timestamptz",
};
