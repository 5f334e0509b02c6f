/** How large a change is beside the least one that matters, which is in the middle. */
import type { Effect } from "../../drift/report.js";
import { shortEffect } from "../names.js";
import { threeDigits } from "../numbers.js";
import { html, type Markup, nothing } from "./markup.js";

/** Characters of a name beside two numbers. */
const longestShort = 7;

/** @param alarming whether there is evidence, too */
export function effectBar(effect: Effect | null, alarming: boolean): Markup {
  if (!effect) return nothing;
  const { name, value, threshold, infinite } = effect;
  const large = effectRatio(effect) >= 1;
  const size = infinite ? 100 : Math.round((100 * (value ?? 0)) / Math.max((value ?? 0) + threshold, 1e-300));
  return html`<span class="${large ? "e big" : "e"}"><b>${infinite ? "∞" : threeDigits(value)}</b> / ${threeDigits(threshold)} ${shortName(name)}</span><svg class="f" aria-hidden="true"><rect class="${large && alarming ? "fl" : "fb"}" width="${size}%"/><rect class="fm"/></svg>`;
}

/** Nothing where there is no short name: the method has it. */
function shortName(name: string): string {
  const short = shortEffect(name);
  return short.length > longestShort ? "" : short;
}

/** Effects of different names become comparable over their thresholds. */
export function effectRatio(effect: Effect | null): number {
  if (!effect || (effect.value === null && !effect.infinite)) return -1;
  if (effect.infinite) return Number.MAX_VALUE;
  return effect.threshold > 0 ? effect.value! / effect.threshold : effect.value! > 0 ? Number.MAX_VALUE : 0;
}
