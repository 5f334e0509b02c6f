/**
 * Reports as threads send them: columns as JSON, some at a time, so that whoever receives a thousand columns makes objects of
 * them in turns. Reports are plain data that survive JSON.
 */
import type { DriftReport } from "../drift/report.js";

export interface SentReport {
  readonly rest: Omit<DriftReport, "columns">;
  /** Names and reports of some columns each. */
  readonly columns: readonly string[];
}

/** Columns whose reports are read in a fraction of a millisecond. */
const together = 20;

export function sentReport({ columns, ...rest }: DriftReport): SentReport {
  const all = Object.entries(columns);
  const parts = Array.from({ length: Math.ceil(all.length / together) }, (_, k) =>
    JSON.stringify(all.slice(k * together, (k + 1) * together)),
  );
  return { rest, columns: parts };
}

/** Others have their turn between the parts. */
export async function receivedReport({ rest, columns: parts }: SentReport): Promise<DriftReport> {
  const columns: [string, DriftReport["columns"][string]][] = [];
  for (const part of parts) {
    columns.push(...(JSON.parse(part) as typeof columns));
    await new Promise((resolve) => setImmediate(resolve));
  }
  // In the order that reports have.
  const { format, version, rows, dataset, ...others } = rest;
  return { format, version, rows, dataset, columns: Object.fromEntries(columns), ...others };
}
