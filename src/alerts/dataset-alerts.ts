/** The alerts of one dataset: which begin, go on and end with a window. Only decisions; the same windows lead to the same. */
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowResult } from "../monitor/window-result.js";
import type { DatasetState, Firing, SubjectState } from "./alert-state.js";
import { type CompiledRule, hashed, hasUnwantedKind } from "./compiled-rule.js";
import { type Outcome, outcomes } from "./condition.js";
import { digest } from "./digest.js";
import { beganWords, endedWords, goneWords, rebaselinedWords } from "./event-words.js";
import { type WindowEvidence, type WindowReferenced, windowEvidence } from "./evidence.js";
import { begins, ends, heldWindows, needed, withWindow } from "./rule-history.js";
import { windowMetrics } from "./window-metrics.js";

/** Windows of which evidence is kept, whatever rules need. */
const leastHistory = 20;
/** Windows after which it is forgotten what was told of a subject that no window knows any more. */
const forgotten = 10_000;
/** Windows of which it is known in which revision they were told. */
const mostSeen = 2_000;

export class DatasetAlerts {
  readonly #dataset: string;
  readonly #rules: readonly CompiledRule[];
  readonly #keep: number;
  readonly #subjects = new Map<string, SubjectState>();
  #reference: number | null = null;
  #latest: WindowReferenced | null = null;
  #history: readonly WindowEvidence[] = [];
  readonly #seen = new Map<number, number>();

  /** @param restored without what was held by rules that say something else now */
  constructor(dataset: string, rules: readonly CompiledRule[], restored: DatasetState | null) {
    this.#dataset = dataset;
    this.#rules = rules.filter(({ rule }) => rule.datasets?.includes(dataset) ?? true);
    const most = this.#rules.map(({ timing: { hold, share } }) => share?.n ?? ("windows" in hold ? hold.windows : 0));
    this.#keep = Math.min(200, Math.max(leastHistory, ...most));
    if (!restored) return;
    for (const one of restored.subjects) this.#subjects.set(keyOf(one.rule, one.subject), one);
    [this.#reference, this.#latest, this.#history] = [restored.reference, restored.latest, restored.history];
    for (const [index, revision] of restored.seen) this.#seen.set(index, revision);
  }

  get state(): DatasetState {
    const [dataset, reference, latest, history] = [this.#dataset, this.#reference, this.#latest, this.#history];
    return { dataset, reference, latest, subjects: [...this.#subjects.values()], history, seen: [...this.#seen] };
  }

  get firing(): Firing[] {
    return [...this.#subjects.values()].flatMap(({ firing }) => (firing ? [firing] : []));
  }

  get history(): readonly WindowEvidence[] {
    return this.#history;
  }

  window(result: WindowResult): AlertEvent[] {
    if ((this.#seen.get(result.index) ?? 0) >= result.revision) return [];
    this.#see(result);
    const isNew = this.#latest === null || result.index > this.#latest.index;
    if (isNew) this.#latest = { id: result.id, index: result.index, start: result.start, end: result.end };
    const version = result.reference?.version ?? null;
    const events = [...this.#withoutRules(result), ...this.#withReference(version, result)];
    this.#remember(result);
    const metrics = windowMetrics(result);
    const isOld = version !== null && this.#reference !== null && version < this.#reference;
    for (const rule of this.#rules) {
      if (isOld && rule.comparesWithReference) continue;
      for (const [subject, outcome] of this.#outcomes(rule, outcomes(rule.conditions, metrics))) {
        events.push(...this.#step(rule, subject, outcome, result, isNew));
      }
    }
    if (isNew) this.#forget();
    return events.map((event) => ({ ...event, digest: this.#digest(result) }));
  }

  /** Of all subjects, also of those that last and of which the window cannot tell. */
  #outcomes({ rule }: CompiledRule, found: ReadonlyMap<string | null, Outcome>): Map<string | null, Outcome | null> {
    const all = new Map<string | null, Outcome | null>(found);
    for (const { rule: name, subject, firing } of this.#subjects.values()) {
      if (name === rule.name && firing && !all.has(subject)) all.set(subject, null);
    }
    return all;
  }

  #step(
    compiled: CompiledRule,
    subject: string | null,
    outcome: Outcome | null,
    result: WindowResult,
    isNew: boolean,
  ): AlertEvent[] {
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
    const now = this.#latest!.end;
    const { firing, ended } = state;
    if (firing) {
      if (changed && ends(timing, windows)) {
        this.#subjects.set(key, { ...state, firing: null, ended: now });
        return [over(firing, result.id, now, endedWords(firing.event, outcome?.evidence ?? {}), outcome?.evidence)];
      }
      const due = isNew && now - firing.told >= timing.repeat;
      const event = due
        ? { ...firing.event, window: id, evidence: outcome?.evidence ?? firing.event.evidence }
        : firing.event;
      this.#subjects.set(key, { ...state, firing: due ? { ...firing, event, told: now } : firing });
      return due ? [event] : [];
    }
    const isCool = ended === null || (windows.at(-1)?.end ?? 0) - ended >= timing.coolDown;
    if (changed && outcome && isCool && !unlessKind && begins(timing, windows)) {
      const begun = this.#begun(compiled, subject, outcome, result, windows);
      this.#subjects.set(key, { ...state, firing: begun });
      return [begun.event];
    }
    if (changed) this.#subjects.set(key, state);
    return [];
  }

  #begun(
    { rule, timing }: CompiledRule,
    subject: string | null,
    { evidence }: Outcome,
    result: WindowResult,
    all: SubjectState["windows"],
  ): Firing {
    const windows = heldWindows(timing, all).map(({ id, index, start, end }) => ({ id, index, start, end }));
    const startsAt = windows[0]!.start;
    const { dataset, model, id: window } = result;
    const event: AlertEvent = {
      id: hashed([dataset, rule.name, subject, window]),
      ...{ rule: rule.name, status: "firing", severity: rule.severity ?? "warning" },
      ...{ dataset, model: model?.name ?? null, subject, window, startsAt, endsAt: null },
      summary: beganWords({ dataset, subject, evidence, windows }),
      digest: "",
      evidence: { ...evidence, windows: windows.length },
    };
    return { event, told: this.#latest!.end, windows, actions: rule.actions ?? [] };
  }

  /** Alerts whose rules are not there any more end. */
  #withoutRules(result: WindowResult): AlertEvent[] {
    const known = new Set(this.#rules.map(({ rule }) => rule.name));
    return this.#ended(
      ({ rule }) => !known.has(rule),
      ({ event }) => over({ event }, result.id, result.end, goneWords(event)),
    );
  }

  /** With another reference all that was said of the one before is over, and counting begins anew. */
  #withReference(version: number | null, result: WindowResult): AlertEvent[] {
    if (version === null || (this.#reference !== null && version <= this.#reference)) return [];
    const isFirst = this.#reference === null;
    this.#reference = version;
    if (isFirst) return [];
    this.#history = [];
    const asks = new Set(this.#rules.filter((one) => one.comparesWithReference).map(({ rule }) => rule.name));
    return this.#ended(
      ({ rule }) => asks.has(rule),
      ({ event }) =>
        over({ event }, result.id, result.start, rebaselinedWords(event, version), { rebaselined: version }),
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

  #see({ index, revision }: WindowResult): void {
    this.#seen.set(index, revision);
    if (this.#seen.size > mostSeen) this.#seen.delete(Math.min(...this.#seen.keys()));
  }

  #forget(): void {
    for (const [key, { firing, windows }] of this.#subjects) {
      const last = windows.at(-1);
      if (!firing && last && this.#latest!.index - last.index > forgotten) this.#subjects.delete(key);
    }
  }

  #digest(result: WindowResult): string {
    return digest(result, this.#history).long;
  }
}

const keyOf = (rule: string, subject: string | null) => JSON.stringify([rule, subject]);

function emptyState(rule: string, subject: string | null): SubjectState {
  return { rule, subject, windows: [], firing: null, ended: null, unlessKind: false };
}

function over(
  { event }: Pick<Firing, "event">,
  window: string,
  endsAt: number,
  summary: string,
  evidence: AlertEvent["evidence"] = {},
): AlertEvent {
  return { ...event, status: "resolved", window, endsAt: Math.max(endsAt, event.startsAt), summary, evidence };
}
