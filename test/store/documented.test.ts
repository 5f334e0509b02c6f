/** docs/store.md says what there is, and its examples run. */
import { readFileSync } from "node:fs";
import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../dist/store/databases/database.js";
import { duckDb } from "../../dist/store/databases/duckdb.js";
import { postgres } from "../../dist/store/databases/postgres.js";
import { migrate } from "../../dist/store/migrate.js";
import { runMetricNames } from "../../dist/store/run-of.js";
import { writeRun } from "../../dist/store/write-run.js";
import { hasPostgres, postgresOfTests } from "../servers/postgres.ts";
import { alert, hour, metric, run } from "./runs.ts";
import { tablesOf } from "./tables-of.ts";

const page = readFileSync(new URL("../../docs/store.md", import.meta.url), "utf8");
const options = { schema: "smirnov", readOnly: false, timeout: 10_000, connections: 1 };

/** Rows of a Markdown table below a heading or a sentence, as cells. */
const rowsAfter = (start: string): string[][] => {
  const [, text = ""] = page.split(start);
  const table = /\n\|.*\n\|[-|]*\n((?:\|.*\n)*)/.exec(text)?.[1] ?? "";
  return table
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.slice(2, -2).split(" | "));
};

const described = Object.fromEntries(
  ["alert", "kind", "metric", "run"].map((table) => [
    table,
    rowsAfter(`### \`${table}\`\n`).map(([name = "", type = ""]) => `${name.replaceAll("`", "")}: ${type}`),
  ]),
);
const examples = Array.from(page.matchAll(/\n(.*):\n\n```sql\n([\s\S]*?)```/g), ([, title = "", text = ""]) => ({
  title,
  text,
}));

async function filled(database: Database): Promise<Database> {
  await migrate("test", database, false);
  const begin = Date.now() - 5 * hour;
  for (const [k, value] of [1.5, 2.5, 3.5].entries()) {
    const place = { id: `orders/${k}/1`, windowStart: begin + k * hour, windowEnd: begin + (k + 1) * hour };
    const metrics = [
      metric({ severity: k === 0 ? "none" : "drift", effect: value }),
      metric({ column: "weight", severity: "none", effect: 0.5 }),
      metric({ name: "score", value }),
      metric({ column: null, name: "accuracy", side: "current", value: value / 10 }),
      metric({ column: null, name: "accuracy", side: "reference", value: 0.99 }),
    ];
    const alerts = [
      ...[alert({ id: "lasting", summary: "still", startsAt: begin }), alert({ id: "past" })],
      ...(k === 2 ? [alert({ id: "past", status: "resolved", endsAt: begin })] : []),
    ];
    await writeRun(database, run(0, { ...place, metrics, alerts, modelVersion: k === 2 ? "4" : "3.1" }));
    if (k !== 1) continue;
    const again = [metric({ name: "score", value: 22 })];
    await writeRun(database, run(0, { ...place, id: "orders/1/2", revision: 2, metrics: again }));
  }
  return database;
}

/** What the examples tell of these runs; numbers that are not asked to the last digit. */
const answers: Record<string, (rows: Record<string, unknown>[]) => unknown> = {
  "A column's score over the last 30 days": (rows) => expect(rows.map(({ score }) => score)).toEqual([1.5, 22, 3.5]),
  "Which columns drift most": (rows) =>
    expect(rows.map((row) => [row.column_name, Number(row.windows), Number(row.drifted), row.largest_effect])).toEqual([
      ["price", 3, 2, 3.5],
      ["weight", 3, 0, 0.5],
    ]),
  "How well each version of a model did": (rows) =>
    expect(rows.map((row) => [row.model, row.model_version, Number(row.windows), row.accuracy, row.worst])).toEqual([
      ["prices", "3.1", 2, 0.2, 0.15],
      ["prices", "4", 1, 0.35, 0.35],
    ]),
  "Whether verdicts changed with the configuration, the reference or the version of Smirnov": (rows) =>
    expect(rows.map((row) => [row.code_version, Number(row.windows), row.drifted_share])).toEqual([["0.1.0", 4, 1]]),
  "Alerts that are not over": (rows) =>
    expect(rows.map((row) => [row.rule, row.subject, Number(row.times_told), row.summary])).toEqual([
      ["drift", "price", 3, "still"],
    ]),
};

describe("docs/store.md", () => {
  it("names the metrics that runs have besides those of docs/metrics.md", () => {
    const rows = rowsAfter("Besides the names of metrics.md there are:\n").map(([name = "", what]) => [
      name.replaceAll("`", ""),
      what,
    ]);
    expect(Object.fromEntries(rows)).toEqual(runMetricNames);
  });

  it("has an answer for each of its examples here", () => {
    expect(examples.map(({ title }) => title)).toEqual(Object.keys(answers));
  });
});

function documented(open: () => Promise<Database>): void {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database?.queries.destroy());

  it("have the columns that are documented", async () => {
    expect(described).toEqual(await tablesOf(database));
  });

  it.each(examples)("answer: $title", async ({ title, text }) => {
    const { rows } = await sql<Record<string, unknown>>`${sql.raw(text)}`.execute(database.queries as Kysely<unknown>);
    answers[title]!(rows);
  });
}

describe("tables in DuckDB", () => {
  documented(() => filled(duckDb(":memory:", options)));
});

describe.skipIf(!hasPostgres)("tables in PostgreSQL (needs its programs)", () => {
  const server = postgresOfTests();
  documented(async () => {
    const database = await filled(postgres(server().url, options));
    await sql`set search_path to smirnov`.execute(database.queries);
    return database;
  });
});
