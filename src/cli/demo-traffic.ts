/**
 * Traffic of the demo: rows drawn from five thousand real flights of 2001 (United States Bureau of Transportation
 * Statistics, in the public domain), changed over time in four ways. What is drawn depends on the window alone.
 */
import { readFileSync } from "node:fs";

export interface Flight {
  readonly hour: number;
  /** In minutes. */
  readonly delay: number;
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

/** What a model said of a flight, and what turned out to be true. */
export interface PredictedFlight extends Flight {
  readonly predicted: boolean;
  readonly late: boolean;
}

/** Beside this file, compiled and bundled alike. */
export const flightsFile = new URL("./demo-flights.csv", import.meta.url);

export function realFlights(): Flight[] {
  const [, ...lines] = readFileSync(flightsFile, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [hour, delay, distance, origin = "", destination = ""] = line.split(",");
    return { hour: Number(hour), delay: Number(delay), distance: Number(distance), origin, destination };
  });
}

/** Window from which on flights are later: at once, and for good. */
const laterFrom = 40;
/** Windows over which flights become longer, little by little. */
const [longerFrom, longerTo] = [20, 50] as const;
/** Windows in which the busiest airports are closed. */
const [closedFrom, closedTo] = [28, 37] as const;
const closedAirports = 12;
const minutesLater = 12;
/** Share of short flights that are gone, and of morning flights while evenings are busy. */
const [mostRare, busyEvenings] = [0.6, 0.35] as const;
/** Minutes from which on a flight is late, and how often the model is wrong. */
const [lateFrom, wrong] = [15, 0.1] as const;
/** Windows from one slow hour to the next. */
const slowEvery = 24;
/** Windows after which evenings are busy again. */
const period = 12;

/** What happens to each column, for people. */
export const whatHappens: Readonly<Record<string, string>> = {
  delay: `instantaneous: ${minutesLater} minutes later from window ${laterFrom} on`,
  distance: `gradual: short flights become rare from window ${longerFrom} to ${longerTo}`,
  origin: `temporary: the busiest airports are closed from window ${closedFrom} to ${closedTo}`,
  hour: `periodic: busy evenings every ${period} windows`,
  destination: "none",
};

/** Rows of one window. Columns are drawn each on its own, so that none changes with another. */
export function flightsOf(window: number, count: number, flights: readonly Flight[]): PredictedFlight[] {
  const random = generator(window + 1);
  const drawn = (accepted: (flight: Flight) => boolean): Flight => {
    for (;;) {
      const flight = flights[Math.floor(random() * flights.length)]!;
      if (accepted(flight)) return flight;
    }
  };
  const busiest = mostCommon(
    flights.map(({ origin }) => origin),
    closedAirports,
  );
  const closed = window >= closedFrom && window < closedTo;
  const later = window >= laterFrom ? minutesLater : 0;
  const rare = mostRare * Math.min(1, Math.max(0, (window - longerFrom) / (longerTo - longerFrom)));
  const evening = window % period < period / 2 ? 0 : busyEvenings;
  return Array.from({ length: count }, () => {
    const { delay } = drawn(() => true);
    return {
      hour: drawn(({ hour }) => hour >= 12 || random() >= evening).hour,
      delay: delay + later,
      distance: drawn(({ distance }) => distance >= 600 || random() >= rare).distance,
      origin: drawn(({ origin }) => !closed || !busiest.includes(origin)).origin,
      destination: drawn(() => true).destination,
      // The model knows nothing of what makes flights later.
      ...judged(delay, delay + later, random()),
    };
  });
}

/** What the model was trained on: all flights, each once. */
export function trainedOn(flights: readonly Flight[]): PredictedFlight[] {
  const random = generator(0);
  return flights.map((flight) => ({ ...flight, ...judged(flight.delay, flight.delay, random()) }));
}

function judged(expected: number, delay: number, chance: number): Pick<PredictedFlight, "predicted" | "late"> {
  const right = chance >= wrong;
  return { predicted: expected > lateFrom === right, late: delay > lateFrom };
}

/** Milliseconds that answers of a server took in one window, one of which is slow. */
export function latencies(window: number, count: number): number[] {
  const random = generator(-window - 1);
  const usual = window % slowEvery === slowEvery - 1 ? 220 : 20;
  return Array.from({ length: count }, () => Math.round(usual * (1 - Math.log(1 - random()))));
}

function mostCommon(texts: readonly string[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const ordered = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return ordered.slice(0, most).map(([text]) => text);
}

/** Mulberry32: small, and good enough for a show. */
function generator(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b9);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
