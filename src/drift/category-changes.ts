/** What changed in the categories of a column. */
import type { Categories } from "../source/source.js";
import { type CategoryCells, categoryCells, sum } from "../statistics/category-cells.js";
import type { Change } from "./change.js";
import type { CategoriesChange } from "./report.js";

/** Categories whose shares changed, at most. */
const mostChanges = 3;
/** From this change of its share on a category is named besides the one that changed most. */
const enough = 0.02;

/** What of the categories is new, what has vanished, and what changed its share: most notable first. */
export function categoryChanges(
  before: Categories,
  after: Categories,
): { readonly categories: CategoriesChange; readonly changes: Change[] } {
  const cells = categoryCells(before, after);
  const { newCategories, vanishedCategories } = cells;
  const categories = { reference: before.distinct, current: after.distinct, newCategories, vanishedCategories };
  const scored: (readonly [number, Change])[] = sharesOf(cells).map((change) => [
    Math.abs(change.to - change.from),
    change,
  ]);
  if (newCategories.count > 0) scored.push([newCategories.share, { what: "new-categories", ...newCategories }]);
  if (vanishedCategories.count > 0) {
    scored.push([vanishedCategories.share, { what: "vanished-categories", ...vanishedCategories }]);
  }
  scored.sort(([one], [other]) => other - one);
  return { categories, changes: scored.filter(([size], k) => k === 0 || size >= enough).map(([, change]) => change) };
}

/** Of the categories that both sides have. Of two categories one says all. */
function sharesOf({ names, reference, current }: CategoryCells): (Change & { readonly what: "category" })[] {
  const [n, m] = [sum(reference), sum(current)];
  if (n === 0 || m === 0) return [];
  const changes = names.flatMap((category, k) => {
    const [from, to] = [reference[k]! / n, current[k]! / m];
    return from === to || from === 0 || to === 0 ? [] : [{ what: "category" as const, category, from, to }];
  });
  changes.sort((one, other) => Math.abs(other.to - other.from) - Math.abs(one.to - one.from));
  return changes.slice(0, names.length === 2 ? 1 : mostChanges);
}
