/** The alerts of one dataset: which begin, go on and end with a window. Only decisions; the same windows lead to the same. */
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowResult } from "../monitor/window-result.js";
import type { DatasetState, Firing, SubjectState } from "./alert-state.js";
import { type CompiledRule, hashed, hasUnwantedKind } from "./compiled-rule.js";
import { type Outcome, outcomes } from "./condition.js";
import { digest } from "./digest.js";
import { beganWords, endedWords, goneWords, lastsWords, rebaselinedWords, vanishedWords } from "./event-words.js";
import { type WindowEvidence, type WindowReferenced, windowEvidence } from "./evidence.js";
import { begins, ends, heldWindows, needed, withWindow } from "./rule-history.js";
import { isOfWindow, isWithout, windowMetrics } from "./window-metrics.js";

/** Windows of which evidence is kept, whatever rules need. */
const leastHistory = 20;
/** Windows after which it is forgotten what was told of a subject that no window knows any more. */
const forgotten = 10_000;
/** Windows of which it is known in which revision they were told. */
const mostSeen = 2_000;

/** The window that is looked at. */
interface Now {
  readonly result: WindowResult;
  /** It is later than all before. */
  readonly isNew: boolean;
  readonly digest: () => string;
}

export class DatasetAlerts {
  readonly #dataset: string;
  readonly #rules: readonly CompiledRule[];
  /** Of metrics of reports. */
  readonly #names: ReadonlySet<string>;
  readonly #keep: number;
  readonly #subjects = new Map<string, SubjectState>();
  #reference: number | null = null;
  #latest: WindowReferenced | null = null;
  #history: readonly WindowEvidence[] = [];
  readonly #seen = new Map<number, { readonly revision: number; readonly start: number }>();

  /** @param restored without what was held by rules that say something else now */
  constructor(dataset: string, rules: readonly CompiledRule[], restored: DatasetState | null) {
    this.#dataset = dataset;
    this.#rules = rules.filter(({ rule }) => rule.datasets?.includes(dataset) ?? true);
    const conditions = this.#rules.flatMap((one) => one.conditions);
    this.#names = new Set(conditions.filter((one) => !isOfWindow(one)).map(({ metric }) => metric));
    const most = this.#rules.map(({ timing: { hold, share } }) => share?.n ?? ("windows" in hold ? hold.windows : 0));
    this.#keep = Math.min(200, Math.max(leastHistory, ...most));
    if (!restored) return;
    for (const one of restored.subjects) this.#subjects.set(keyOf(one.rule, one.subject), one);
    [this.#reference, this.#latest, this.#history] = [restored.reference, restored.latest, restored.history];
    for (const [index, revision, start] of restored.seen) this.#seen.set(index, { revision, start });
  }

  get state(): DatasetState {
    const [dataset, reference, latest, history] = [this.#dataset, this.#reference, this.#latest, this.#history];
    const seen = Array.from(this.#seen, ([index, { revision, start }]) => [index, revision, start] as const);
    return { dataset, reference, latest, subjects: [...this.#subjects.values()], history, seen };
  }

  get firing(): Firing[] {
    return [...this.#subjects.values()].flatMap(({ firing }) => (firing ? [firing] : []));
  }

  get history(): readonly WindowEvidence[] {
    return this.#history;
  }

  window(result: WindowResult): AlertEvent[] {
    const seen = this.#seen.get(result.index);
    if (this.#beganAnew(result)) this.#beginAnew();
    else if (seen && seen.revision >= result.revision) return [];
    this.#see(result);
    const isNew = this.#latest === null || result.index > this.#latest.index;
    if (isNew) this.#latest = { id: result.id, index: result.index, start: result.start, end: result.end };
    const version = result.reference?.version ?? null;
    const isOld = version !== null && this.#reference !== null && version < this.#reference;
    const isOther = version !== null && this.#reference !== null && version > this.#reference;
    if (isOther) this.#history = [];
    if (!isOld) this.#remember(result);
    const now: Now = { result, isNew, digest: once(() => digest(result, this.#history).long) };
    const events = [...this.#withoutRules(now), ...(isOther ? this.#rebaselined(version, now) : [])];
    this.#reference = isOld ? this.#reference : (version ?? this.#reference);
    const metrics = windowMetrics(result, this.#names);
    for (const rule of this.#rules) {
      if (isOld && rule.comparesWithReference) continue;
      for (const [subject, outcome] of this.#outcomes(rule, outcomes(rule.conditions, metrics))) {
        events.push(...this.#step(rule, subject, outcome, now));
      }
    }
    if (isNew) this.#forget();
    return events;
  }

  /** Of all subjects, also of those that last and of which the window cannot tell. */
  #outcomes({ rule }: CompiledRule, found: ReadonlyMap<string | null, Outcome>): Map<string | null, Outcome | null> {
    const all = new Map<string | null, Outcome | null>(found);
    for (const { rule: name, subject, firing } of this.#subjects.values()) {
      if (name === rule.name && firing && !all.has(subject)) all.set(subject, null);
    }
    return all;
  }

  #step(compiled: CompiledRule, subject: string | null, outcome: Outcome | null, now: Now): AlertEvent[] {
    const { result, isNew } = now;
    const { rule, timing } = compiled;
    const key = keyOf(rule.name, subject);
    const before = this.#subjects.get(key) ?? emptyState(rule.name, subject);
    const { id, index, start, end, revision } = result;
    // A revision that cannot tell leaves what the one before told.
    const all = outcome && withWindow(before.windows, { id, index, start, end, revision, held: outcome.held });
    const windows = all ? needed(timing, all) : before.windows;
    // A window before all that matter changes nothing.
    const changed = windows.length !== before.windows.length || windows.some((one, k) => one !== before.windows[k]);
    const unlessKind = isNew ? hasUnwantedKind(compiled, subject, result) : before.unlessKind;
    const state: SubjectState = { ...before, windows, unlessKind };
    const latest = this.#latest!.end;
    const { firing, ended } = state;
    if (firing) {
      if (isNew && !outcome && subject !== null && compiled.isOfEachColumn && isWithout(result, subject)) {
        this.#subjects.set(key, { ...state, windows: [], firing: null, ended: latest });
        return [over(firing, now, latest, vanishedWords(firing.event))];
      }
      if (changed && ends(timing, windows)) {
        this.#subjects.set(key, { ...state, firing: null, ended: latest });
        const summary = endedWords(firing.event, latest, outcome?.found ?? []);
        return [over(firing, now, latest, summary, outcome?.evidence())];
      }
      if (!isNew || latest - firing.told < timing.repeat) {
        this.#subjects.set(key, state);
        return [];
      }
      const event = {
        ...firing.event,
        window: id,
        digest: now.digest(),
        ...(outcome && lasting(compiled, firing, outcome, now)),
      };
      this.#subjects.set(key, { ...state, firing: { ...firing, event, told: latest } });
      return [event];
    }
    const isCool = ended === null || (windows.at(-1)?.end ?? 0) - ended >= timing.coolDown;
    if (changed && outcome && isCool && !unlessKind && begins(timing, windows)) {
      const begun = this.#begun(compiled, subject, outcome, now, windows);
      this.#subjects.set(key, { ...state, firing: begun });
      return [begun.event];
    }
    if (changed) this.#subjects.set(key, state);
    return [];
  }

  #begun(
    { rule, timing, comparesWithReference }: CompiledRule,
    subject: string | null,
    outcome: Outcome,
    { result, digest }: Now,
    all: SubjectState["windows"],
  ): Firing {
    const evidence = outcome.evidence();
    const windows = heldWindows(timing, all).map(({ id, index, start, end }) => ({ id, index, start, end }));
    const startsAt = windows[0]!.start;
    const { dataset, model, id: window } = result;
    const event: AlertEvent = {
      id: hashed([dataset, rule.name, subject, window]),
      ...{ rule: rule.name, status: "firing", severity: rule.severity ?? "warning" },
      ...{ dataset, model: model?.name ?? null, subject, window, startsAt, endsAt: null },
      summary: beganWords({
        ...{ dataset, subject, windows, found: outcome.found, report: comparesWithReference ? result.report : null },
        among: timing.share && Math.min(timing.share.n, all.length),
      }),
      digest: digest(),
      evidence: { ...evidence, windows: windows.length },
    };
    return { event, told: this.#latest!.end, windows, actions: rule.actions ?? [] };
  }

  /** Alerts whose rules are not there any more end. */
  #withoutRules(now: Now): AlertEvent[] {
    const known = new Set(this.#rules.map(({ rule }) => rule.name));
    return this.#ended(
      ({ rule }) => !known.has(rule),
      ({ event }) => over({ event }, now, now.result.end, goneWords(event)),
    );
  }

  /** With another reference all that was said of the one before is over, and counting begins anew. */
  #rebaselined(version: number, now: Now): AlertEvent[] {
    const asks = new Set(this.#rules.filter((one) => one.comparesWithReference).map(({ rule }) => rule.name));
    return this.#ended(
      ({ rule }) => asks.has(rule),
      ({ event }) => over({ event }, now, now.result.start, rebaselinedWords(event, version), { rebaselined: version }),
    );
  }

  #ended(which: (state: SubjectState) => boolean, told: (firing: Firing) => AlertEvent): AlertEvent[] {
    const events: AlertEvent[] = [];
    for (const [key, state] of this.#subjects) {
      if (!which(state)) continue;
      if (state.firing) events.push(told(state.firing));
      this.#subjects.delete(key);
    }
    return events;
  }

  #remember(result: WindowResult): void {
    const others = this.#history.filter(({ index }) => index !== result.index);
    const all = [...others, windowEvidence(result)].sort((one, other) => one.index - other.index);
    this.#history = all.slice(-this.#keep);
  }

  /** A first revision under a number that another window had, or that is long gone. */
  #beganAnew({ index, revision, start }: WindowResult): boolean {
    if (revision > 1 || !this.#latest) return false;
    const seen = this.#seen.get(index);
    return seen ? seen.start !== start : index < this.#latest.index && start >= this.#latest.end;
  }

  /** The monitor counts its windows from 0 again: what lasts still lasts, and what was counted is not continued. */
  #beginAnew(): void {
    this.#seen.clear();
    [this.#latest, this.#history] = [null, []];
    for (const [key, state] of this.#subjects) this.#subjects.set(key, { ...state, windows: [] });
  }

  #see({ index, revision, start }: WindowResult): void {
    this.#seen.set(index, { revision, start });
    if (this.#seen.size > mostSeen) this.#seen.delete(Math.min(...this.#seen.keys()));
  }

  #forget(): void {
    for (const [key, { firing, windows }] of this.#subjects) {
      const last = windows.at(-1);
      if (!firing && last && this.#latest!.index - last.index > forgotten) this.#subjects.delete(key);
    }
  }
}

const keyOf = (rule: string, subject: string | null) => JSON.stringify([rule, subject]);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What an alert that is told again says of the window. */
function lasting(
  { comparesWithReference }: CompiledRule,
  { event }: Firing,
  { found, evidence }: Outcome,
  { result }: Now,
): Pick<AlertEvent, "summary" | "evidence"> {
  const report = comparesWithReference ? result.report : null;
  return { summary: lastsWords(event, { found, report }), evidence: evidence() };
}

function emptyState(rule: string, subject: string | null): SubjectState {
  return { rule, subject, windows: [], firing: null, ended: null, unlessKind: false };
}

function over(
  { event }: Pick<Firing, "event">,
  { result, digest }: Now,
  endsAt: number,
  summary: string,
  evidence: AlertEvent["evidence"] = {},
): AlertEvent {
  const ends = Math.max(endsAt, event.startsAt);
  return { ...event, status: "resolved", window: result.id, endsAt: ends, summary, digest: digest(), evidence };
}
