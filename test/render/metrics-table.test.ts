/** Metrics as CSV and as an Arrow file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import Papa from "papaparse";
import { metricsOf, readTable } from "smirnov";
import { renderCsv, toArrow } from "smirnov/render";
import { describe, expect, it } from "vitest";
import type { Metric } from "../../dist/metrics/metric.js";
import { arrowFile } from "../../dist/render/arrow/arrow-file.js";
import { arrowOfMetrics } from "../../dist/render/arrow/metrics-arrow.js";
import { csvOfMetrics } from "../../dist/render/csv.js";
import { everything } from "./fixture.ts";
import { hostile } from "./hostile.ts";

const metric = (changes: object): Metric => ({
  ...{ segment: null, column: null, of: null, side: null, metric: "rows", value: 3 },
  ...changes,
});
const metrics = [
  metric({}),
  metric({ column: "price, net", side: "current", metric: "mean", value: -0.1, interval: [-0.2, 0] }),
  metric({
    column: "price",
    side: "reference",
    metric: "min",
    value: "2024-01-01",
    interval: ["2024-01-01", "2024-01-02"],
  }),
  metric({ segment: "country=DE", column: "price", metric: "drifted", value: true }),
  metric({ column: "x", metric: "pValue", value: 5e-324 }),
  metric({ column: "x", of: "y", metric: "correlation", value: null }),
  metric({ column: "", metric: "method", value: "" }),
];

describe("csvOfMetrics", () => {
  it("has a line a metric, numbers apart from texts", () => {
    expect(csvOfMetrics(metrics)).toBe(
      [
        "segment,column,of,side,metric,value,text,low,high",
        ",,,,rows,3,,,",
        ',"price, net",,current,mean,-0.1,,-0.2,0',
        ",price,,reference,min,,2024-01-01,,",
        "country=DE,price,,,drifted,1,true,,",
        ",x,,,pValue,5e-324,,,",
        ",x,y,,correlation,,,,",
        ',"",,,method,,"",,',
        "",
      ].join("\n"),
    );
  });

  it.each(hostile)("quotes %s so that every reader finds it, and nothing of it is a formula", (_, text) => {
    const rows = [metric({ column: text, segment: text, of: text, metric: "mostCommon", value: text })];
    const read = (csv: string) => Papa.parse<string[]>(csv.slice(0, -1), { newline: "\n" });
    const exact = read(csvOfMetrics(rows, { exact: true }));
    expect(exact.errors).toEqual([]);
    expect(exact.data[1]).toEqual([text, text, text, "", "mostCommon", "", text, "", ""]);
    const { data } = read(csvOfMetrics(rows));
    expect(data).toHaveLength(2);
    for (const cell of data[1]!) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
    expect(data[1]![1]!.replace(/^'/, "")).toBe(text);
  });

  it("leaves numbers as they are, and changes no text that is not a formula", () => {
    const texts = ["-3", "+1.5e-7", "-Infinity", "'quoted", "a=b", "-1+1", "-"];
    const lines = csvOfMetrics(texts.map((value) => metric({ value }))).split("\n");
    expect(lines.slice(1, -1).map((line) => line.split(",").at(-3))).toEqual([
      ...["-3", "+1.5e-7", "-Infinity", "'quoted", "a=b"],
      ...["'-1+1", "'-"],
    ]);
  });
});

describe("arrowOfMetrics", () => {
  const rowsOf = (of: readonly Metric[]) =>
    of.map(({ value, interval = [null, null], ...rest }) => ({
      ...rest,
      value: typeof value === "string" || value === null ? null : Number(value),
      text: typeof value === "number" || value === null ? null : String(value),
      low: typeof interval[0] === "number" ? interval[0] : null,
      high: typeof interval[1] === "number" ? interval[1] : null,
    }));
  const theirs = (bytes: Uint8Array) =>
    tableFromIPC(bytes)
      .toArray()
      .map((row) => row.toJSON());

  it("is a table that Apache Arrow reads", () => {
    const table = tableFromIPC(arrowOfMetrics(metrics));
    expect(table.schema.fields.map(({ name, type, nullable }) => `${name}: ${type}${nullable ? "?" : ""}`)).toEqual([
      ...["segment: Utf8?", "column: Utf8?", "of: Utf8?", "side: Utf8?", "metric: Utf8?"],
      ...["value: Float64?", "text: Utf8?", "low: Float64?", "high: Float64?"],
    ]);
    expect(theirs(arrowOfMetrics(metrics))).toEqual(rowsOf(metrics));
  });

  it("is a table that readTable reads", async () => {
    const folder = mkdtempSync(join(tmpdir(), "smirnov-metrics-"));
    const file = join(folder, "metrics.arrow");
    writeFileSync(file, arrowOfMetrics(metrics));
    const { rows, columns } = await readTable(file).finally(() => rmSync(folder, { recursive: true }));
    expect(rows).toBe(metrics.length);
    expect([...columns.keys()]).toEqual(["segment", "column", "of", "side", "metric", "value", "text", "low", "high"]);
    expect(columns.get("value")).toMatchObject({ kind: "numeric", type: "Float64" });
    expect(columns.get("text")).toMatchObject({ kind: "categorical", type: "Utf8" });
  });

  it("holds any text, and any number of rows", () => {
    const rows = hostile.map(([, text]) => metric({ column: text, value: text }));
    // What is no Unicode is replaced, as in every file of UTF-8.
    const wellFormed = rows.map((row) => ({
      ...row,
      column: `${row.column}`.replace(/\p{Cs}/gu, "\ufffd"),
      value: `${row.value}`.replace(/\p{Cs}/gu, "\ufffd"),
    }));
    expect(theirs(arrowOfMetrics(rows))).toEqual(rowsOf(wellFormed));
    for (const length of [0, 1, 7, 8, 9, 1000]) {
      const some = Array.from({ length }, (_, k) => metric({ value: k % 3 === 0 ? null : k, column: `c${k}` }));
      expect(theirs(arrowOfMetrics(some))).toEqual(rowsOf(some));
    }
  });

  it("is the same bytes for the same metrics, each part on a multiple of eight", () => {
    expect(arrowOfMetrics(metrics)).toEqual(arrowOfMetrics(structuredClone(metrics)));
    const bytes = arrowFile([{ name: "a", type: "text", values: ["x"] }]);
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder().decode(bytes.subarray(0, 6))).toBe("ARROW1");
    expect(new TextDecoder().decode(bytes.subarray(-6))).toBe("ARROW1");
    expect(view.getUint32(8, true)).toBe(0xffff_ffff);
    expect(view.getInt32(12, true) % 8).toBe(0);
    expect(view.getInt32(bytes.length - 10, true) % 8).toBe(0);
  });
});

describe("renderCsv and toArrow", () => {
  it("hold the metrics of a report, as metricsOf lists them", () => {
    const listed = metricsOf(everything);
    expect(listed.length).toBeGreaterThan(100);
    expect(renderCsv(everything)).toBe(csvOfMetrics(listed));
    expect(renderCsv(everything, { exact: true })).toBe(csvOfMetrics(listed, { exact: true }));
    expect(toArrow(everything)).toEqual(arrowOfMetrics(listed));
    expect(() => renderCsv({} as typeof everything)).toThrow(TypeError);
    expect(() => toArrow({} as typeof everything)).toThrow(TypeError);
    expect(() => renderCsv(everything, { exakt: true } as object)).toThrow(RangeError);
  });
});
