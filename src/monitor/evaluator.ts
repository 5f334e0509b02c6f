/** Closed windows become results: what they are compared with is found, a thread compares, what later windows need is kept. */
import type { Table } from "../column/column.js";
import { EarlierProfiles } from "./earlier-profiles.js";
import { comparedResult, emptyResult, rowsOfPanes, uncompared } from "./evaluation.js";
import { FixedReferences, type SavedReference } from "./fixed-references.js";
import type { Pane } from "./pane.js";
import { needsRows } from "./reference-shape.js";
import { ScoreHistory } from "./score-history.js";
import type { Settings } from "./settings.js";
import type { ClosedWindow } from "./stream.js";
import { startWindowJob, type WindowJob } from "./window-job.js";
import type { WindowResult } from "./window-result.js";
import type { SentReference, TaskReference, WindowFindings, WindowTask } from "./window-task.js";

/** What was found of a window. */
export interface Evaluated {
  readonly closed: ClosedWindow;
  readonly result: WindowResult;
  readonly found: WindowFindings | null;
}

type Panes = ReadonlyMap<number, Pane>;

export interface EvaluatorState {
  readonly profiles: ReadonlyMap<number, Uint8Array>;
  readonly history: readonly WindowResult["scores"][];
  readonly references: ReadonlyMap<number, SavedReference>;
}

export class Evaluator {
  readonly references = new FixedReferences();
  readonly #settings: Settings;
  readonly #profiles: EarlierProfiles;
  readonly #history: ScoreHistory;
  #job: WindowJob | null = null;

  constructor(settings: Settings, saved?: EvaluatorState) {
    this.#settings = settings;
    this.#profiles = new EarlierProfiles(settings.against, settings.shape, saved?.profiles);
    this.#history = new ScoreHistory(settings.history, saved?.history);
    if (saved) this.references.restore(saved.references);
  }

  /** Never throws: what goes wrong is the result. */
  async evaluate(closed: ClosedWindow, panes: Panes): Promise<Evaluated> {
    const settings = this.#settings;
    if (closed.rows === 0) return { closed, result: emptyResult(settings, closed), found: null };
    this.#job ??= startWindowJob(settings.compare.threads);
    try {
      const { compare: options, without } = settings;
      const [reference, kept] = await this.#referenceOf(closed, panes);
      const window = rowsOfPanes(panes, closed.panes);
      const profile = this.#toProfile(closed, panes);
      const history = this.#history.sent();
      const found = await this.#job.run({ reference, window, options, without, history, profile }, kept);
      return { closed, result: comparedResult(settings, closed, found), found };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { closed, result: uncompared(settings, closed, "failed", reason), found: null };
    }
  }

  /** A window was told, and counts for those after it. */
  told({ closed, result, found }: Evaluated): void {
    this.#history.add(result.scores);
    this.#profiles.told(closed.window, found?.profile ?? null);
    const { version, hash } = result.reference ?? { version: null, hash: null };
    if (version !== null) this.references.learn(version, hash);
  }

  /** Lets go of the threads, until they are needed again; what runs is given up. */
  rest(): void {
    this.#job?.end();
    this.#job = null;
  }

  state(): EvaluatorState {
    return {
      profiles: this.#profiles.all(),
      history: this.#history.all(),
      references: this.references.state(),
    };
  }

  /** The profile of a window's first pane, which gets no more rows, where later windows need it. */
  #toProfile({ window, panes: own }: ClosedWindow, panes: Panes): WindowTask["profile"] {
    const first = own.filter(([pane]) => pane === window);
    if (this.#settings.against.keeps !== "profiles" || first.length === 0) return null;
    return { rows: rowsOfPanes(panes, first), onto: this.#profiles.onto };
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
