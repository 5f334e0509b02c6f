/** The most frequent of many categories, holding no more than a few times as many as are wanted. */

/** By count descending, then by name: an order that nothing but the data decides. */
export function byCount(a: readonly [string, number], b: readonly [string, number]): number {
  return b[1] - a[1] || (a[0] < b[0] ? -1 : Number(a[0] > b[0]));
}

/**
 * At most `limit` of the categories: the most frequent ones, in order; of equally frequent ones the first by name. No
 * more than `limit` are returned as they are.
 */
export function mostFrequent(categories: readonly [string, number][], limit: number): readonly [string, number][] {
  return categories.length <= limit ? categories : leading(categories, limit);
}

/** The first `limit` of the categories in the order of `byCount`. */
export function leading(categories: Iterable<readonly [string, number]>, limit: number): [string, number][] {
  let kept: [string, number][] = [];
  let least: [string, number] | undefined;
  const cut = (): void => {
    kept = kept.sort(byCount).slice(0, limit);
    least = kept.length === limit ? kept[limit - 1] : undefined;
  };
  for (const [name, count] of categories) {
    if (least && (count < least[1] || (count === least[1] && name > least[0]))) continue;
    kept.push([name, count]);
    if (kept.length >= 2 * limit + 1024) cut();
  }
  cut();
  return kept;
}
