/** Of each run: where its columns' scores go, and the alerts that were told. */
import type { Step } from "./step.js";

export const kindsAndAlerts: Step = async ({ schema }, { indexes }) => {
  await schema
    .createTable("kind")
    .addColumn("run", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("column_name", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("confidence", "double precision", (column) => column.notNull())
    .addColumn("onset", "double precision")
    .addColumn("width", "double precision")
    .addColumn("duration", "double precision")
    .addColumn("period", "double precision")
    .addColumn("amplitude", "double precision")
    .execute();
  await schema
    .createTable("alert")
    .addColumn("run", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("rule", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("severity", "text", (column) => column.notNull())
    .addColumn("dataset", "text", (column) => column.notNull())
    .addColumn("model", "text")
    .addColumn("subject", "text")
    .addColumn("window_id", "text", (column) => column.notNull())
    .addColumn("starts_at", "timestamptz", (column) => column.notNull())
    .addColumn("ends_at", "timestamptz")
    .addColumn("summary", "text", (column) => column.notNull())
    .addColumn("digest", "text", (column) => column.notNull())
    .addColumn("evidence", "text", (column) => column.notNull())
    .execute();
  if (!indexes) return;
  await schema.createIndex("kind_run").on("kind").column("run").execute();
  await schema.createIndex("alert_run").on("alert").column("run").execute();
};
