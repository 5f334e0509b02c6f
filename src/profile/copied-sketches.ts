/** Sketches as they are now, whatever happens to those they were copied from. */
import type { DistinctSketch } from "../sketch/distinct-sketch.js";
import type { QuantileSketch } from "../sketch/quantile-sketch.js";

/** With arrays of its own: a sketch changes what its arrays hold. */
export function copiedQuantiles(sketch: QuantileSketch): QuantileSketch {
  const { values, sizes, halvings, next } = sketch;
  return { ...sketch, values: values.slice(), sizes: sizes.slice(), halvings: halvings.slice(), next: next.slice() };
}

export function copiedDistinct({ precision, registers }: DistinctSketch): DistinctSketch {
  return { precision, registers: registers.slice() };
}
