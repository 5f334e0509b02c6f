/**
 * What the tables became, step by step. Names sort in the order in which they are done; what has been released never changes:
 * a new step is a new file. Each is done once, in one transaction with the note that it was done.
 */
import type { Kysely, Migration } from "kysely";
import { runsAndMetrics } from "./001-runs-and-metrics.js";
import { kindsAndAlerts } from "./002-kinds-and-alerts.js";
import type { DatabaseTraits, Step } from "./step.js";

const steps: { readonly [name: string]: Step } = {
  "001-runs-and-metrics": runsAndMetrics,
  "002-kinds-and-alerts": kindsAndAlerts,
};

export const migrationNames: readonly string[] = Object.keys(steps);

export function migrationsFor(traits: DatabaseTraits): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [name, { up: (database: Kysely<unknown>) => step(database, traits) }]),
  );
}
