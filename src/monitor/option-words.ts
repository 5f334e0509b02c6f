/** Options that a state remembers in a form of its own, as people write them. */

const units = [
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** `90m` of 5 400 000: in the largest unit that divides it. */
export function durationInWords(milliseconds: number): string {
  const [unit, size] = units.find(([, size]) => milliseconds % size === 0) ?? ["ms", 1];
  return `${milliseconds / size}${unit}`;
}

/**
 * A window or what it is compared with, from what a state keeps of it.
 *
 * @param kept  JSON of a `WindowShape`, an `AgainstShape`, or of any other option, which is its own words
 * @param panes  of a window
 */
export function optionInWords(option: string, kept: string | undefined, panes: number): string {
  if (kept === undefined) return "none";
  if (option === "window") return windowInWords(JSON.parse(kept));
  return option === "against" ? againstInWords(JSON.parse(kept), panes) : kept;
}

function windowInWords(shape: { by: "time" | "rows"; every: number; panes: number; offset: number }): string {
  const { by, every, panes, offset } = shape;
  const inUnits = by === "rows" ? String : durationInWords;
  const parts = [`${by === "rows" ? "rows" : "duration"}: ${inUnits(every * panes)}`];
  if (panes > 1) parts.push(`every: ${inUnits(every)}`);
  if (offset > 0) parts.push(`offset: ${inUnits(offset)}`);
  return `{ ${parts.join(", ")} }`;
}

function againstInWords(shape: { kind: string; first: number | null }, panes: number): string {
  const { kind, first } = shape;
  if (kind === "rolling") return `{ rolling: ${(first ?? 0) - panes + 1} }`;
  return kind === "lag" ? `{ lag: ${first} } (windows)` : kind;
}
