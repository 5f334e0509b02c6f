// How long it takes until a kind is known: histories are replayed window by window.
import { driftKind } from "../../dist/bundle/monitor.js";
import { draw, windows } from "./generator.js";

/** Windows from the onset until a drift was noticed and until its kind was told, both for good; ∞ where never. */
export function delayOf(kind, amplitude, seed) {
  const { scores, shape } = draw(kind, amplitude, 0, seed);
  const onset = shape.onset ?? 0;
  let [noticed, told] = [windows, windows];
  for (let t = windows - 1; t >= onset; t--) {
    const found = driftKind(scores.subarray(0, t + 1)).kind;
    if (found === kind && told === t + 1) told = t;
    if (found !== "none" && noticed === t + 1) noticed = t;
    if (noticed !== t) break;
  }
  const delay = (t) => (t === windows ? Number.POSITIVE_INFINITY : t - onset + 1);
  return { noticed: delay(noticed), told: delay(told), duration: shape.duration };
}
