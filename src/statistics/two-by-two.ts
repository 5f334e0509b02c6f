/** A category against all others: the fourfold table of two sides. */
import { type CategoryInput, withCategories } from "../source/categories.js";
import { answerNow, type Plan } from "../source/plan.js";
import type { MissingOfBoth } from "../source/sides.js";
import { type CategoryCells, categoryCellsPlan, sum } from "./category-cells.js";
import { shown } from "./option-checks.js";

export interface TwoByTwo {
  /** What is counted. */
  readonly category: string;
  /** How many of the reference's n values are of that category, and of the current side's m. */
  readonly i: number;
  readonly n: number;
  readonly j: number;
  readonly m: number;
  /** Whether there is only one category. */
  readonly constant: boolean;
}

/** @throws TypeError for a category that is no name */
export function checkCategory(caller: string, category: unknown): void {
  if (category === undefined || typeof category === "string") return;
  throw new TypeError(`${caller}: category must be the name of one, got ${shown(category)}`);
}

/**
 * Counts a category on both sides, that which is last by name of two if none is given: `true`, 1, `yes`.
 *
 * @throws RangeError when a side has no value, and without a category where there are more than two
 */
export function twoByTwo(
  caller: string,
  reference: CategoryInput,
  current: CategoryInput,
  category: string | undefined,
): TwoByTwo & { readonly missing: MissingOfBoth } {
  return withCategories(caller, reference, current, (x, y) => {
    const found = answerNow(twoByTwoPlan(caller, category), x, y);
    const { n, m } = found;
    if (n === 0 || m === 0) throw new RangeError(`${caller}: each side needs at least one value, got ${n} and ${m}`);
    return { ...found, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind it. @throws RangeError without a category where there are more than two */
export function* twoByTwoPlan(caller: string, category?: string): Plan<TwoByTwo> {
  const cells = yield* categoryCellsPlan();
  const { names } = cells;
  if (names.length > 2 && category === undefined) {
    throw new RangeError(`${caller}: there are ${names.length} categories, so it needs to know which one: category`);
  }
  return countedIn(cells, category ?? [...names].sort(byName).at(-1) ?? "");
}

/** Counts the category that is most frequent on both sides together, which how rows fall to sides has no say in. */
export function* mostFrequentPlan(): Plan<TwoByTwo> {
  const cells = yield* categoryCellsPlan();
  const { names, reference, current } = cells;
  let most = 0;
  for (let k = 1; k < names.length; k++) {
    const more = reference[k]! + current[k]! - reference[most]! - current[most]!;
    if (more > 0 || (more === 0 && names[k]! < names[most]!)) most = k;
  }
  return countedIn(cells, names[most] ?? "");
}

function countedIn({ names, reference, current }: CategoryCells, category: string): TwoByTwo {
  const at = names.indexOf(category);
  const [i, j] = at < 0 ? [0, 0] : [reference[at]!, current[at]!];
  const [n, m] = [sum(reference), sum(current)];
  return { category, i, n, j, m, constant: i + j === 0 || i + j === n + m };
}

/** Numbers by value: 10 comes after 9. */
function byName(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return difference || (a < b ? -1 : Number(a > b));
}
