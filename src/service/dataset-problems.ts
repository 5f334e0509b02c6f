/** What is wrong with a dataset's configuration beyond what its schema says. */
import type { Path, Problem } from "../checks/schema-problems.js";
import { type DetectorDescription, detector, detectors } from "../detectors/methods.js";
import { milliseconds } from "../monitor/duration.js";
import { Monitor } from "../monitor/monitor.js";
import type { DetectorOptions } from "../monitor/monitor-options.js";
import { suggestion } from "../statistics/suggest.js";
import type { DatasetConfig } from "./config.js";

export function datasetProblems(name: string, dataset: DatasetConfig): Problem[] {
  const path = ["datasets", name];
  const { detectors: chosen = {} } = dataset;
  const problems = [
    ...windowProblems(dataset, path),
    ...Object.entries(chosen).flatMap(([series, all]) =>
      all.flatMap((one, k) => detectorProblems(one, [...path, "detectors", series, k])),
    ),
  ];
  return problems.length > 0 ? problems : monitorProblems(dataset, path);
}

function detectorProblems(chosen: DetectorOptions, path: Path): Problem[] {
  const found = detectors.find(({ name }) => name === chosen.detector);
  if (!found) {
    const near = meant(
      chosen.detector,
      detectors.map(({ name }) => name),
    );
    return [{ path: [...path, "detector"], message: `there is no detector ${JSON.stringify(chosen.detector)}${near}` }];
  }
  const unknown = unknownOptions(chosen, found, path);
  return unknown.length > 0 ? unknown : thrown(() => detector(chosen), path);
}

function unknownOptions(chosen: DetectorOptions, { name, options }: DetectorDescription, path: Path): Problem[] {
  const known = Object.keys(options).filter((option) => options[option]!.kind !== "function");
  return Object.keys(chosen)
    .filter((option) => option !== "detector" && !known.includes(option))
    .map((option) => {
      const message = `there is no option ${JSON.stringify(option)} of ${name}${meant(option, known)}`;
      return { path: [...path, option], onKey: true, message };
    });
}

const meant = (name: string, known: readonly string[]): string =>
  suggestion(name, known) || `; there are ${known.join(", ")}`;

/** What a monitor refuses, at the option that its message names. */
function monitorProblems(dataset: DatasetConfig, path: Path): Problem[] {
  const { reference: _, reports: __, idle: ___, maximumBytes: ____, ...options } = dataset;
  return thrown(() => new Monitor({ ...options, name: String(path.at(-1)) }).close(), path).map(({ message }) => {
    const key = /^(\w+)/.exec(message)?.[1];
    return { path: key !== undefined && Object.hasOwn(options, key) ? [...path, key] : path, message };
  });
}

function thrown(work: () => unknown, path: Path): Problem[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return [{ path, message: error.message.replace(/^[\w.]+: /, "") }];
  }
}

function windowProblems({ window, time, late, lateness, idle }: DatasetConfig, path: Path): Problem[] {
  const at = [...path, "window"];
  if (idle !== undefined && (time === undefined || "rows" in window)) {
    const message = "idle needs time and windows of a duration: others close by the clock, or by rows alone";
    return [{ path: [...path, "idle"], onKey: true, message }];
  }
  if (idle !== undefined && idle !== "never") {
    const wrong = thrown(() => milliseconds("idle", idle), [...path, "idle"]);
    if (wrong.length > 0) return wrong;
  }
  if (time === undefined && (late !== undefined || lateness !== undefined)) {
    const key = late === undefined ? "lateness" : "late";
    return [{ path: [...path, key], onKey: true, message: `${key} needs time: without it no row is late` }];
  }
  if ("rows" in window && "duration" in window) {
    return [{ path: at, message: "a window is of rows or of a duration, not of both" }];
  }
  if ("rows" in window) {
    const { rows, every = rows } = window;
    const problems: Problem[] = [];
    if (!Number.isSafeInteger(rows))
      problems.push({ path: [...at, "rows"], message: `rows must be whole, got ${rows}` });
    if (typeof every !== "number" || !(every >= 1) || rows % every !== 0) {
      problems.push({
        path: [...at, "every"],
        message: `every must be a number of rows that divides ${rows}, got ${every}`,
      });
    }
    if ("offset" in window)
      problems.push({ path: [...at, "offset"], onKey: true, message: "offset is of windows of time" });
    return problems;
  }
  const { duration, every } = window;
  if (every !== undefined) {
    const [whole, part] = [milliseconds("duration", duration), milliseconds("every", every)];
    if (whole % part !== 0) {
      return [{ path: [...at, "every"], message: `every must divide the duration ${duration}, got ${every}` }];
    }
  }
  return [];
}
