/** Reports on real data, from the npm package vega-datasets. */
import { fileURLToPath } from "node:url";
import { compare, readTable, sliceTable } from "smirnov";
import type { DriftReport } from "../../../dist/drift/report.js";

const file = (name: string) => fileURLToPath(new URL(`../data/${name}`, import.meta.resolve("vega-datasets")));

/** May against June 2001: half a million flights a side. */
export async function flightsReport(): Promise<DriftReport> {
  const flights = await readTable(file("flights-3m.parquet"));
  const [may, june, july] = [5, 6, 7].map((month) => {
    const start = BigInt(Date.UTC(2001, month - 1)) * 1000n;
    let row = 0;
    for (const chunk of flights.columns.get("date")!.chunks as Iterable<{ bytes: Uint8Array; length: number }>) {
      const dates = new BigInt64Array(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.length);
      if (dates[chunk.length - 1] >= start) return row + dates.findIndex((date) => date >= start);
      row += chunk.length;
    }
    return row;
  });
  return compare(sliceTable(flights, may, june), sliceTable(flights, june, july), {
    correlations: true,
    quality: true,
  });
}

/** The weather in Seattle: 2012 against 2015. */
export async function seattleReport(): Promise<DriftReport> {
  const weather = await readTable(file("seattle-weather.csv"));
  return compare(sliceTable(weather, 0, 366), sliceTable(weather, 1096, 1461), { temporal: true, quality: true });
}
