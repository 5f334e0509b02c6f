/** A run is a window that was compared; its metrics are many rows. */
import type { Step } from "./step.js";

export const runsAndMetrics: Step = async ({ schema }, { indexes }) => {
  await schema
    .createTable("run")
    .addColumn("key", "uuid", (column) => column.primaryKey())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("window_key", "uuid", (column) => column.notNull())
    .addColumn("dataset", "text", (column) => column.notNull())
    .addColumn("model", "text")
    .addColumn("model_version", "text")
    .addColumn("window_start", "timestamptz", (column) => column.notNull())
    .addColumn("window_end", "timestamptz", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("as_of", "timestamptz", (column) => column.notNull())
    .addColumn("rows", "bigint", (column) => column.notNull())
    .addColumn("late_rows", "bigint", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("reference_hash", "text")
    .addColumn("data_hash", "text")
    .addColumn("config_hash", "text")
    .addColumn("code_version", "text", (column) => column.notNull())
    .addColumn("seconds", "double precision", (column) => column.notNull())
    .addColumn("drifted", "boolean")
    .addColumn("drifted_share", "double precision")
    .execute();
  await schema
    .createTable("metric")
    .addColumn("run", "uuid", (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("column_name", "text")
    .addColumn("segment", "text")
    .addColumn("of_name", "text")
    .addColumn("side", "text")
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("method", "text")
    .addColumn("value", "double precision")
    .addColumn("value_text", "text")
    .addColumn("value_truth", "boolean")
    .addColumn("p_value", "double precision")
    .addColumn("effect", "double precision")
    .addColumn("threshold", "double precision")
    .addColumn("severity", "text")
    .addColumn("status", "text")
    .addColumn("n", "double precision")
    .execute();
  if (!indexes) return;
  await schema.createIndex("run_window_end").on("run").column("window_end").execute();
  await schema.createIndex("run_window_key").on("run").column("window_key").execute();
  await schema.createIndex("metric_run_name").on("metric").columns(["run", "name"]).execute();
};
