/** What becomes of a window, on a worker thread: its comparison, its hash, its profile. */
import type { Column, Table } from "../column/column.js";
import { type Comparable, compare } from "../drift/compare.js";
import { heard } from "../drift/heard-columns.js";
import type { CompareOptions } from "../drift/options.js";
import { isPreparedTable, type PreparedTable, prepare } from "../drift/prepare.js";
import { profile } from "../drift/profile-table.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import { tableHashHere } from "../drift/quality/row-quality.js";
import type { DriftReport } from "../drift/report.js";
import { hexHash } from "../engine/row-hashes.js";
import { fromBytes } from "../profile/from-bytes.js";
import { merge } from "../profile/merge.js";
import type { Profile } from "../profile/profile.js";
import { toBytes } from "../profile/to-bytes.js";
import { kindsOf, type SentHistory } from "./score-history.js";
import { levelOf, type SharedNoise } from "./score-noise.js";
import { scoresOf } from "./scores.js";
import { type SentSeason, withoutRowOptions } from "./season.js";
import { type SentReport, sentReport } from "./sent-report.js";
import type { WindowResult } from "./window-result.js";

/** What can be sent to a thread and stay there. */
export type SentReference = Table | PreparedTable | Profile;

/** A window is compared with what the thread keeps under a key, with rows, or with merged profiles. */
export type TaskReference =
  | {
      readonly is: "kept";
      readonly key: string;
      /** Of what: a thread keeps the last two. */
      readonly owner: string;
      /** `null` as long as the thread has not said that it does not know it. */
      readonly value: SentReference | null;
      readonly prepared: boolean;
    }
  | { readonly is: "rows"; readonly table: Table }
  | { readonly is: "profiles"; readonly profiles: readonly Uint8Array[] };

export interface WindowTask {
  /** `null` where there is nothing to compare with yet. */
  readonly reference: TaskReference | null;
  readonly window: Table;
  readonly options: CompareOptions;
  /** Columns that are not compared: the time of rows is always another. */
  readonly without: readonly string[];
  /** Of the window among all. */
  readonly index: number;
  /** Scores of earlier windows, for the kind of drift. */
  readonly history: SentHistory;
  /** What scores share while nothing changes. */
  readonly noise: SharedNoise;
  /** `null` where no period is known. */
  readonly season: SentSeason | null;
  /** Rows whose profile is wanted, and what it is merged onto. */
  readonly profile: { readonly rows: Table; readonly onto: Uint8Array | null } | null;
}

export type WindowOutcome = SentFindings | { readonly is: "unknown" };

/** Findings as they are sent. */
export type SentFindings = Omit<WindowFindings, "report"> & { readonly report: SentReport | null };

export interface WindowFindings {
  readonly is: "done";
  readonly report: DriftReport | null;
  readonly scores: WindowResult["scores"];
  /** Against the window a period ago; none where it had no rows. */
  readonly seasonal: WindowResult["scores"];
  readonly kinds: WindowResult["kinds"];
  /** Why there is no report: what the comparison threw. */
  readonly failure: string | null;
  readonly hash: string | null;
  readonly reference: { readonly rows: number; readonly hash: string | null } | null;
  readonly profile: Uint8Array | null;
  /** That the comparison took. */
  readonly seconds: number;
}

interface Kept {
  readonly value: Comparable;
  readonly owner: string;
  readonly rows: number;
  readonly hash: string | null;
}

const kept = new Map<string, Kept>();

/** Versions of one owner, and references altogether, that a thread keeps. */
const mostVersions = 2;
const mostKept = 64;

/** Compares on this thread alone. What the comparison throws is told, never thrown. */
export async function windowOutcome(task: WindowTask): Promise<WindowOutcome> {
  const since = performance.now();
  const { window, options } = task;
  if (task.reference?.is === "kept" && task.reference.value === null && !kept.has(task.reference.key)) {
    return { is: "unknown" };
  }
  let reference: WindowFindings["reference"] = null;
  let [report, profiled]: [DriftReport | null, Uint8Array | null] = [null, null];
  let failure = await messageOf(async () => {
    const against = task.reference && (await comparableOf(task.reference, task.without));
    if (!against) return;
    reference = { rows: against.rows, hash: against.hash };
    report = await compare(against.value, withoutColumns(window, task.without), { ...options, threads: 1 });
  });
  const found = failure === null ? (report as DriftReport | null) : null;
  const scores = found ? scoresOf(found) : {};
  const seasonal = found && task.season ? await seasonalScores(task, task.season) : {};
  // Rows of a window that could not be compared count for later references.
  const unprofiled = await messageOf(async () => {
    profiled = task.profile && (await profileOf(task.profile));
  });
  failure ??= unprofiled;
  return {
    is: "done",
    report: failure === null && found ? sentReport(found) : null,
    scores,
    seasonal,
    kinds: kindsOf(
      { history: task.history, latest: scores },
      {
        level: sharedLevel(task, reference),
        ...task.noise,
        first: task.index - task.history.windows,
      },
      task.season && { ...task.season, latest: seasonal },
    ),
    failure,
    hash: window.rows > 0 ? tableHashHere(window) : null,
    reference,
    profile: profiled,
    seconds: (performance.now() - since) / 1000,
  };
}

/** What all scores share where all windows were compared with the same rows. */
function sharedLevel({ reference: to, window }: WindowTask, reference: WindowFindings["reference"]): number {
  return to?.is === "kept" && reference ? levelOf(window.rows, reference.rows) : 0;
}

/** Where the two windows cannot be compared there are none, and kinds are told without. */
async function seasonalScores(
  { window, options, without }: WindowTask,
  { profiles }: SentSeason,
): Promise<WindowResult["scores"]> {
  if (profiles.length === 0) return {};
  let scores: WindowResult["scores"] = {};
  await messageOf(async () => {
    const before = withoutColumns(await merged(profiles), without);
    const chosen = { ...withoutRowOptions(options), threads: 1 };
    scores = scoresOf(await compare(before, withoutColumns(window, without), chosen));
  });
  return scores;
}

/** Why the data could not be judged, if so. @throws what is about the thread and not about the data */
export async function messageOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    const isOfThread = error instanceof WebAssembly.RuntimeError || ofThreads.includes((error as Error)?.name);
    if (isOfThread || !(error instanceof Error)) throw error;
    return error.message;
  }
}

const ofThreads = ["MemoryError", "Cancelled"];

async function comparableOf(reference: TaskReference, without: readonly string[]): Promise<Omit<Kept, "owner">> {
  if (reference.is === "rows") {
    const { table } = reference;
    return { value: withoutColumns(table, without), rows: table.rows, hash: tableHashHere(table) };
  }
  if (reference.is === "profiles") {
    const value = await merged(reference.profiles);
    return { value: withoutColumns(value, without), rows: value.rows, hash: hashOfReference(value) };
  }
  const { key, owner, value, prepared } = reference;
  const known = kept.get(key);
  if (known) return known;
  const whole = heardTable(value!);
  const compared = withoutColumns(whole, without);
  const isTable = !isPreparedTable(compared) && !isProfile(compared);
  const made: Kept = {
    value: prepared && isTable ? prepare(compared as Table) : compared,
    owner,
    rows: whole.rows,
    hash: hashOfReference(whole),
  };
  keep(key, made);
  return made;
}

async function merged(profiles: readonly Uint8Array[]): Promise<Profile> {
  return profiles.length === 1 ? fromBytes(profiles[0]!) : merge([...profiles]);
}

function withoutColumns<T extends SentReference>(table: T, names: readonly string[]): T {
  const left = <V>(all: ReadonlyMap<string, V>) => new Map([...all].filter(([name]) => !names.includes(name)));
  return { ...table, columns: left<unknown>(table.columns), unsupported: left(table.unsupported) } as T;
}

function keep(key: string, made: Kept): void {
  const own = [...kept].filter(([, { owner }]) => owner === made.owner).map(([other]) => other);
  for (const old of own.slice(0, Math.max(0, own.length + 1 - mostVersions))) kept.delete(old);
  kept.set(key, made);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(oldest);
}

/**
 * Of a table what its rows hold, of a profile its bytes; `null` of what was prepared, whose rows have lost their order, and of
 * what is stored, which may be larger than memory.
 */
export function hashOfReference(reference: SentReference): string | null {
  if (isProfile(reference)) return hexHash(toBytes(reference));
  return isPreparedTable(reference) || (reference as Table).stored ? null : tableHashHere(reference as Table);
}

/** A reference as it was sent, as comparisons need it. */
export function heardTable(value: SentReference): SentReference {
  if (isPreparedTable(value) || isProfile(value)) return value;
  const columns = [...(value as Table).columns].map(([name, column]): [string, Column] => [name, heard(column)]);
  return { ...(value as Table), columns: new Map(columns) };
}

async function profileOf({ rows, onto }: NonNullable<WindowTask["profile"]>): Promise<Uint8Array> {
  const own = await profile(rows, { threads: 1 });
  return toBytes(onto === null ? own : await merge([fromBytes(onto), own]));
}
