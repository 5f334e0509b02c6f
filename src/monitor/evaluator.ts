/** Closed windows become results: what they are compared with is found, a thread compares, what later windows need is kept. */
import type { Table } from "../column/column.js";
import { modelColumns } from "../drift/model-options.js";
import { EarlierProfiles } from "./earlier-profiles.js";
import { comparedResult, emptyResult, resultAgain, rowsOfPanes, uncompared, withQuality } from "./evaluation.js";
import { FixedReferences, type SavedReference } from "./fixed-references.js";
import { labelSegments } from "./label-segments.js";
import type { LabelledWindow } from "./label-settings.js";
import type { Pane } from "./pane.js";
import type { QualityFindings } from "./quality-task.js";
import { needsRows } from "./reference-shape.js";
import { ScoreHistory } from "./score-history.js";
import { sharedNoise } from "./score-noise.js";
import type { SentSeason } from "./season.js";
import { isWithoutRows, type Settings } from "./settings.js";
import type { ClosedWindow, LabelledAgain, Waiting } from "./stream.js";
import { startWindowJob, type WindowJob } from "./window-job.js";
import type { WindowResult } from "./window-result.js";
import type { SentReference, TaskReference, WindowFindings, WindowTask } from "./window-task.js";

/** What was found of a window. */
export interface Evaluated {
  readonly of: Waiting;
  readonly result: WindowResult;
  readonly found: WindowFindings | null;
}

type Panes = ReadonlyMap<number, Pane>;

export interface EvaluatorState {
  readonly profiles: ReadonlyMap<number, Uint8Array>;
  readonly history: readonly WindowResult["scores"][];
  /** Version of the fixed reference that they are against. */
  readonly scored: number | null;
  /** Against the window a period ago. */
  readonly seasonal: readonly WindowResult["scores"][];
  readonly references: ReadonlyMap<number, SavedReference>;
}

export class Evaluator {
  readonly references = new FixedReferences();
  readonly #settings: Settings;
  readonly #profiles: EarlierProfiles;
  readonly #history: ScoreHistory;
  readonly #seasonal: ScoreHistory;
  #job: WindowJob | null = null;

  constructor(settings: Settings, saved?: EvaluatorState) {
    this.#settings = settings;
    this.#profiles = new EarlierProfiles(settings.season ?? settings.against, settings.shape, saved?.profiles);
    this.#history = new ScoreHistory(settings.history, saved?.history, saved?.scored ?? null);
    this.#seasonal = new ScoreHistory(settings.history, saved?.seasonal);
    if (saved) this.references.restore(saved.references);
  }

  /** Never throws: what goes wrong is the result. */
  async evaluate(closed: ClosedWindow, panes: Panes): Promise<Evaluated> {
    const { result, found } = await this.#compared(closed, panes);
    if (!closed.labelled) return { of: closed, result, found };
    const { quality, failure } = await this.#judged(closed.labelled, result);
    return { of: closed, result: withQuality(result, quality, failure), found };
  }

  /** The same of a window that is told again, as it was told before. */
  async again(of: LabelledAgain, before: WindowResult): Promise<Evaluated> {
    const found = await this.#judged(of.labelled, before);
    return { of, result: resultAgain(this.#settings, before, of.labelled.asOf, found), found: null };
  }

  async #compared(closed: ClosedWindow, panes: Panes): Promise<Omit<Evaluated, "of">> {
    const settings = this.#settings;
    if (closed.rows === 0) return { result: emptyResult(settings, closed), found: null };
    this.#job ??= startWindowJob(settings.compare.threads);
    try {
      const { compare: options, without, against, shape } = settings;
      const [reference, kept] = await this.#referenceOf(closed, panes);
      const window = rowsOfPanes(panes, closed.panes);
      const profile = this.#toProfile(closed, panes);
      const history = this.#history.sent(versionOf(closed));
      const season = this.#seasonOf(closed);
      const noise = sharedNoise(against, shape, season?.period ?? null);
      const task = {
        reference,
        window,
        index: closed.index,
        options,
        without,
        history,
        noise,
        season,
        profile,
      };
      const found = await this.#job.compare(task, kept);
      return { result: comparedResult(settings, closed, found), found };
    } catch (error) {
      return { result: uncompared(settings, closed, "failed", messageOfError(error)), found: null };
    }
  }

  /** How well the model did on labelled rows; against the fixed reference where there is one. */
  async #judged(labelled: LabelledWindow, { reference }: WindowResult): Promise<QualityFindings> {
    const { labels, compare } = this.#settings;
    this.#job ??= startWindowJob(compare.threads);
    try {
      const version = this.references.latest(reference?.version ?? null);
      const before = version === null ? null : await this.references.shared(version);
      const table = before === null || isWithoutRows(before) ? null : (before as Table);
      const segments = labelSegments(compare);
      const names = [...modelColumns(labels!), ...segments.by];
      return await this.#job.judge({ reference: table && chosen(table, names), labelled, options: labels!, segments });
    } catch (error) {
      return { quality: null, failure: messageOfError(error), seconds: 0 };
    }
  }

  /** A window was told, and counts for those after it. */
  told({ of, result, found }: Evaluated): void {
    if (of.is === "labelled") return;
    this.#history.add(result.scores, of.count, versionOf(of));
    if (this.#settings.season) this.#seasonal.add(found?.seasonal ?? {}, of.count);
    this.#profiles.told(of.window, found?.profile ?? null);
    const { version, hash } = result.reference ?? { version: null, hash: null };
    if (version !== null) this.references.learn(version, hash);
  }

  /** Lets go of the threads, until they are needed again; what runs is given up. */
  rest(): void {
    this.#job?.end();
    this.#job = null;
  }

  state(): Omit<EvaluatorState, "references"> {
    const [history, scored] = [this.#history.all(), this.#history.version];
    return { profiles: this.#profiles.all(), history, scored, seasonal: this.#seasonal.all() };
  }

  /** The profile of a window's first pane, which gets no more rows, where later windows need it. */
  #toProfile({ window, panes: own }: ClosedWindow, panes: Panes): WindowTask["profile"] {
    const first = own.filter(([pane]) => pane === window);
    const { season, against } = this.#settings;
    if ((season ?? against).keeps !== "profiles" || first.length === 0) return null;
    return { rows: rowsOfPanes(panes, first), onto: this.#profiles.onto };
  }

  /** The window a period before another, where a period is known. */
  #seasonOf({ window }: ClosedWindow): SentSeason | null {
    const { season } = this.#settings;
    if (!season) return null;
    return { period: season.last, profiles: this.#profiles.before(window), history: this.#seasonal.sent() };
  }

  /** What a window is compared with, and what a thread is sent that does not know it yet. */
  async #referenceOf(
    { window, against }: ClosedWindow,
    panes: Panes,
  ): Promise<readonly [TaskReference | null, SentReference | null]> {
    if (against === null) return [null, null];
    if ("version" in against) return this.#fixed(against.version);
    if (this.#settings.against.keeps === "profiles") {
      const profiles = this.#profiles.before(window);
      return [profiles.length === 0 ? null : { is: "profiles", profiles }, null];
    }
    const table: Table | null = against.panes.length === 0 ? null : rowsOfPanes(panes, against.panes);
    return [table && { is: "rows", table }, null];
  }

  async #fixed(version: number): Promise<readonly [TaskReference | null, SentReference | null]> {
    if (version === 0) return [null, null];
    const { references } = this;
    if (!references.has(version))
      throw new Error(`version ${version} of the reference lies in files and was not given again`);
    const { compare } = this.#settings;
    const prepared = needsRows(compare) === undefined && !compare.quality;
    const key = references.keyOf(version);
    return [{ is: "kept", key, owner: references.owner, value: null, prepared }, await references.shared(version)];
  }
}

/** Of the fixed reference that a window is compared with; `null`: with earlier windows. */
function versionOf({ against }: ClosedWindow): number | null {
  return against && "version" in against ? against.version : null;
}

function messageOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function chosen(table: Table, names: readonly string[]): Table {
  const of = <V>(all: ReadonlyMap<string, V>) => new Map([...all].filter(([name]) => names.includes(name)));
  return { rows: table.rows, columns: of(table.columns), unsupported: of(table.unsupported) };
}
