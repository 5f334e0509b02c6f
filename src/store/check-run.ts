/** What a run must be for every database to take it. */
import { shown } from "../statistics/option-checks.js";
import type { RunRecord, WindowQuery } from "./metric-store.js";

/** Characters of a metric's name: PostgreSQL indexes it. */
const longestName = 500;
/** Years 1 to 9999, which both databases and ISO 8601 write alike. */
const firstMoment = Date.parse("0001-01-01T00:00:00.000Z");
const lastMoment = Date.parse("9999-12-31T23:59:59.999Z");

type Fields = { readonly [name: string]: unknown };
type FieldCheck = (place: string, value: unknown) => void;

const text: FieldCheck = (place, value) => {
  if (typeof value !== "string") throw new TypeError(`${place} must be a text, got ${shown(value)}`);
};
const number: FieldCheck = (place, value) => {
  if (typeof value !== "number") throw new TypeError(`${place} must be a number, got ${shown(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`${place} must be a finite number or null, got ${value}`);
};
const count: FieldCheck = (place, value) => {
  number(place, value);
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new RangeError(`${place} must be a whole number of at least 0, got ${value}`);
  }
};
const truth: FieldCheck = (place, value) => {
  if (typeof value !== "boolean") throw new TypeError(`${place} must be true or false, got ${shown(value)}`);
};
const list: FieldCheck = (place, value) => {
  if (!Array.isArray(value)) throw new TypeError(`${place} must be an array, got ${shown(value)}`);
};
const anyValue: FieldCheck = (place, value) => {
  if (typeof value !== "string" && typeof value !== "boolean") number(place, value);
};
const orNull =
  (check: FieldCheck): FieldCheck =>
  (place, value) => {
    if (value !== null) check(place, value);
  };

/** @throws TypeError, RangeError for a time that is none, or not within the years 1 to 9999 */
export function checkMoment(place: string, value: unknown): void {
  number(place, value);
  if ((value as number) >= firstMoment && (value as number) <= lastMoment) return;
  throw new RangeError(`${place} must be milliseconds since 1970 in the years 1 to 9999, got ${value}`);
}

const name: FieldCheck = (place, value) => {
  text(place, value);
  const { length } = value as string;
  if (length < 1 || length > longestName) {
    throw new RangeError(`${place} must have 1 to ${longestName} characters, got ${length}`);
  }
};

const ofRun: Readonly<Record<keyof RunRecord, FieldCheck>> = {
  ...{ id: text, dataset: text, model: orNull(text), modelVersion: orNull(text) },
  ...{ windowStart: checkMoment, windowEnd: checkMoment, revision: count, asOf: checkMoment },
  ...{ rows: count, late: count, status: text, reason: text },
  ...{ referenceHash: orNull(text), dataHash: orNull(text), configHash: orNull(text), codeVersion: text },
  ...{ seconds: number, drifted: orNull(truth), driftedShare: orNull(number) },
  ...{ metrics: list, kinds: list, alerts: list },
};
const ofMetric: Readonly<Record<keyof RunRecord["metrics"][number], FieldCheck>> = {
  ...{ column: orNull(text), segment: orNull(text), of: orNull(text), side: orNull(text), name },
  ...{ method: orNull(text), value: orNull(anyValue), pValue: orNull(number), effect: orNull(number) },
  ...{ threshold: orNull(number), severity: orNull(text), status: orNull(text), n: orNull(number) },
};
const ofKind: Readonly<Record<keyof RunRecord["kinds"][number], FieldCheck>> = {
  ...{ column: text, kind: text, confidence: number, onset: orNull(number), width: orNull(number) },
  ...{ duration: orNull(number), period: orNull(number), amplitude: orNull(number) },
};
const evidence: FieldCheck = (place, value) => {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`${place} must be an object, got ${shown(value)}`);
};
const ofAlert: Readonly<Record<keyof RunRecord["alerts"][number], FieldCheck>> = {
  ...{ id: text, rule: text, status: text, severity: text, dataset: text, model: orNull(text), subject: orNull(text) },
  ...{ window: text, startsAt: checkMoment, endsAt: orNull(checkMoment), summary: text, digest: text, evidence },
};

/** @throws TypeError, RangeError that name the field: `record: metrics[3].value must be …` */
export function checkRun(caller: string, run: RunRecord): void {
  if (typeof run !== "object" || run === null) throw new TypeError(`${caller}: needs a run, got ${shown(run)}`);
  checkFields(`${caller}: `, ofRun, run);
  if (run.id === "") throw new RangeError(`${caller}: id must not be empty`);
  const parts = { metrics: ofMetric, kinds: ofKind, alerts: ofAlert } as const;
  for (const [part, checks] of Object.entries(parts)) {
    for (const [k, item] of run[part as keyof typeof parts].entries()) {
      if (typeof item !== "object" || item === null) {
        throw new TypeError(`${caller}: ${part}[${k}] must be an object, got ${shown(item)}`);
      }
      checkFields(`${caller}: ${part}[${k}].`, checks, item);
    }
  }
}

function checkFields(place: string, checks: Readonly<Record<string, FieldCheck>>, item: object): void {
  for (const field in checks) checks[field]!(`${place}${field}`, (item as Fields)[field]);
}

/** @throws TypeError, RangeError for a limit that is no count */
export function checkCount(caller: string, option: string, value: unknown): void {
  if (value === undefined) return;
  count(`${caller}: ${option}`, value);
}

/** @throws TypeError, RangeError for what is no question */
export function checkWindowQuery(caller: string, query: WindowQuery): void {
  if (typeof query !== "object" || query === null) throw new TypeError(`${caller}: needs a query, got ${shown(query)}`);
  text(`${caller}: dataset`, query.dataset);
  for (const option of ["from", "to"] as const) {
    if (query[option] !== undefined) checkMoment(`${caller}: ${option}`, query[option]);
  }
  checkCount(caller, "limit", query.limit);
}
