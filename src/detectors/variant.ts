/** Where river does something else than what was published, a detector does either. */

/** `published`: as its paper says. `river`: as river 0.21.2 does, value for value. */
export type Variant = "published" | "river";

export const variant = {
  kind: "one of",
  default: "published",
  values: ["published", "river"],
  words: "as its paper says, or as river 0.21.2 does",
} as const;

/** Whether the mean rose, fell, or either. */
export type Direction = "up" | "down" | "both";

const directions: readonly Direction[] = ["up", "down", "both"];

/** The option `direction`. */
export function direction(usual: Direction) {
  return {
    kind: "one of",
    default: usual,
    values: directions,
    words: "which changes of the mean are looked for",
  } as const;
}
