/**
 * One column of which a side is only known by a profile that has lost something: both sides' profiles are compared. What
 * they know exactly is exact; all else is known within bounds.
 */
import type { FixedColumn } from "../../column/column.js";
import type { ColumnProfile, NumberProfile } from "../../profile/profile.js";
import { profileSource } from "../../profile/profile-source.js";
import { answerNow } from "../../source/plan.js";
import type { Prepared } from "../../source/prepared.js";
import { numbersPlan } from "../../statistics/summary.js";
import { availabilityChange, valueAvailability } from "../availability.js";
import { asCategories, examineCategories } from "../category-columns.js";
import type { Blank, Chosen, ColumnFindings, ColumnSettings } from "../columns.js";
import { judged } from "../judged.js";
import { emptyLike, isEmpty } from "../one-kind.js";
import type { AnyColumn } from "../prepare.js";
import { changeOfProfiles } from "../quality/profiles.js";
import type { Availability } from "../report.js";
import { isWorthALook, summaryOf } from "../value-facts.js";
import { findingOf } from "./bounded-methods.js";
import { changesOfCells } from "./changes-of-cells.js";
import { countedNumbers } from "./lossless.js";
import { profilePair } from "./profile-pair.js";
import { isColumnProfile, profiledNumbers } from "./profiled-side.js";
import { shapeOfCells } from "./shape-of-cells.js";
import { examineManyCategories, type Texts } from "./too-many-categories.js";

type Side = AnyColumn | ColumnProfile;

/** @param typeChanged  the findings where both sides hold values of different kinds */
export function examineProfiles(
  before: Side,
  after: Side,
  settings: ColumnSettings,
  blank: Blank,
  typeChanged: () => ColumnFindings,
): ColumnFindings {
  if (before.kind === "vector" || after.kind === "vector") return typeChanged();
  const [reference, current] = alike(before as Known, after as Known);
  if (reference.kind !== current.kind) return typeChanged();
  const chosen = { ...settings, ...settings.choose(reference.kind) };
  return reference.kind === "categorical"
    ? examineManyCategories(reference as Texts, current as Texts, chosen, blank)
    : examineNumbers(reference as Numbers, current as Numbers, chosen, blank);
}

type Numbers = FixedColumn | Prepared | NumberProfile;
type Known = Numbers | Texts;

/** A side without any value has no kind of its own: it takes the other side's. */
function alike(reference: Known, current: Known): readonly [Known, Known] {
  if (reference.kind === current.kind) return [reference, current];
  if (hasNone(current)) return [reference, withoutValues(reference, rowsOf(current))];
  return hasNone(reference) ? [withoutValues(current, rowsOf(reference)), current] : [reference, current];
}

function hasNone(side: Known): boolean {
  return isColumnProfile(side) ? side.missing.null === side.missing.rows : isEmpty(side);
}

function rowsOf(side: Known): number {
  return "missing" in side ? side.missing.rows : side.rows;
}

function withoutValues(like: Known, rows: number): Known {
  if (!isColumnProfile(like)) return emptyLike(like, rows);
  const { type } = like;
  const none = { type, rows: 0, chunks: [] };
  return like.kind === "categorical"
    ? emptyLike({ kind: like.kind, ...none }, rows)
    : emptyLike({ kind: like.kind, unitsPerSecond: like.unitsPerSecond, ...none }, rows);
}

function examineNumbers(before: Numbers, after: Numbers, settings: Chosen, blank: Blank): ColumnFindings {
  const { kind } = before;
  const { unitsPerSecond } = isColumnProfile(before) ? before : after;
  const [x, y] = [before, after].map((side) => profiledNumbers(side, unitsPerSecond));
  if (!x || !y) {
    const reason = "a profile counts time in its own unit, and the other side has another one";
    return { ...blank, kind, status: "unsupported", reason };
  }
  const counted = [countedNumbers(x), countedNumbers(y)] as const;
  const [fewBefore, fewAfter] = counted;
  if (fewBefore && fewAfter && asCategories([fewBefore, fewAfter], settings)) {
    return examineCategories(fewBefore, fewAfter, settings, blank);
  }
  const pair = profilePair(x, y);
  const summary = [x, y].map((side) => answerNow(numbersPlan(0), profileSource(side)));
  const [one, other] = [summary[0]!, summary[1]!];
  const [ofReference, ofCurrent] = [valueAvailability(one), valueAvailability(other)];
  const found = {
    ...blank,
    kind,
    availability: availabilityChange(ofReference, ofCurrent),
    summary: { reference: summaryOf(one, x), current: summaryOf(other, y) },
    shape: null,
    quality: settings.quality ? { reference: null, current: null, change: changeOfProfiles(pair) } : null,
  };
  // A method that was named for a column of points in time is a request.
  if (kind === "temporal" && !settings.temporal && !settings.requested) {
    const reason = "points in time are only judged on request: a current date is always later";
    return { ...found, status: "not-asked", reason };
  }
  const shaped = { ...found, shape: shapeOfCells(pair.all().cells) };
  const values = (side: Availability): number => side.value + side.positiveInfinity + side.negativeInfinity;
  const judgement = judged(
    shaped,
    values(ofReference),
    values(ofCurrent),
    settings,
    "anderson-darling",
    "values",
    (_, threshold, method) => findingOf(method, pair, threshold),
  );
  if (!isWorthALook(judgement, settings)) return judgement;
  return { ...judgement, changes: changesOfCells(pair, [one, other], shaped.shape) };
}
