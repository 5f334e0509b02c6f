/** A state that comes from a file. */
import { shown } from "../statistics/option-checks.js";
import type { AlertState } from "./alert-state.js";

/** @throws TypeError for what is no state of alerts */
export function checkedState(state: unknown): AlertState {
  const wrong = (what: string) => new TypeError(`restore: needs what state() returned, got ${what}`);
  if (typeof state !== "object" || state === null) throw wrong(shown(state));
  const { format, rules, datasets, undispatched, deliveries } = state as Partial<AlertState>;
  if (format !== 1) throw wrong(`format ${shown(format)}`);
  for (const [name, list] of Object.entries({ rules, datasets, undispatched, deliveries })) {
    if (!Array.isArray(list)) throw wrong(`${name} that are no list`);
  }
  return state as AlertState;
}
