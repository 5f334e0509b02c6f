/** What changed between the metrics of both sides, as numbers and in a sentence. */
import { differenceOfEstimates } from "../statistics/difference-of-estimates.js";
import type { Estimated } from "../statistics/estimated.js";
import { alone } from "../statistics/intervals.js";
import { apart } from "./change.js";
import type { ModelMetric } from "./model-metrics.js";
import type { ModelQualityOf, ModelTask } from "./model-quality-report.js";

type Changed = Pick<ModelQualityOf<ModelTask, unknown>, "differences" | "worse" | "words">;
type Reasons = ModelQualityOf<ModelTask, unknown>["reasons"];

/** @param reference, current  `null` where a side has no metrics */
export function modelChange(
  reference: readonly ModelMetric[] | null,
  current: readonly ModelMetric[] | null,
  reasons: Reasons,
  confidence: number,
): Changed {
  if (!reference || !current) {
    return { differences: {}, worse: [], words: ofOneSide(reference, current, reasons) };
  }
  const after = new Map(current.map((metric) => [metric.name, metric]));
  const both = reference.flatMap((before) => {
    const other = after.get(before.name);
    return other ? [{ before, other, difference: differenceOfEstimates(before.estimate, other.estimate) }] : [];
  });
  const worse = both.filter(({ before, other, difference }) =>
    before.better === "zero"
      ? gotWorse("lower", differenceOfEstimates(sizeOf(before.estimate), sizeOf(other.estimate)))
      : gotWorse(before.better, difference),
  );
  const [main] = both;
  const others = worse.filter((one) => one !== main).map(({ before }) => before.words);
  const words = [
    ...(main ? [ofBoth(main.before, main.other, main.difference, confidence)] : []),
    ...(others.length > 0 ? [`${worse.includes(main!) ? "also " : ""}worse: ${others.join(", ")}`] : []),
  ].join("; ");
  return {
    differences: Object.fromEntries(both.map(({ before, difference }) => [before.name, difference])),
    worse: worse.map(({ before }) => before.name),
    words,
  };
}

/** How far an estimate is from 0. */
function sizeOf({ value, interval, law }: Estimated): Estimated {
  if (value === null || !interval) return alone(value && Math.abs(value));
  const [low, high] = interval;
  const ends = [Math.abs(low), Math.abs(high)];
  const nearest = low <= 0 && high >= 0 ? 0 : Math.min(...ends);
  return { value: Math.abs(value), interval: [nearest, Math.max(...ends)], law };
}

function gotWorse(better: "higher" | "lower", { interval }: Estimated): boolean {
  if (!interval) return false;
  return better === "higher" ? interval[1] < 0 : interval[0] > 0;
}

function ofOneSide(
  reference: readonly ModelMetric[] | null,
  current: readonly ModelMetric[] | null,
  reasons: Reasons,
): string {
  const told = (metrics: readonly ModelMetric[] | null, verb: string, reason: string): string => {
    const main = metrics?.[0];
    return main ? `${main.words} ${verb} ${number(main.estimate.value, 3)}` : reason;
  };
  return `${told(reference, "was", reasons.reference)}; ${told(current, "is", reasons.current)}`;
}

function ofBoth(before: ModelMetric, after: ModelMetric, difference: Estimated, confidence: number): string {
  const [from, to] = [before.estimate.value, after.estimate.value];
  if (from === null || to === null) return `${before.words} was ${number(from, 3)}, is ${number(to, 3)}`;
  if (from === to) return `${before.words} is ${number(to, 3)} as before`;
  const [was, is] = apart((digits) => [number(from, digits), number(to, digits)], 3, 17);
  const moved = `${before.words} ${to < from ? "fell" : "rose"} from ${was} to ${is}`;
  const { value, interval } = difference;
  if (!interval) return moved;
  const [low, high] = interval;
  const range = `${number(value, 2)}, ${Number((100 * confidence).toPrecision(6))} % ${number(low, 2)} to ${number(high, 2)}`;
  return low > 0 || high < 0 ? `${moved} (${range})` : `${moved}, which may be chance (${range})`;
}

function number(value: number | null, digits: number): string {
  if (value === null) return "not defined";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const text = size === 0 || (size >= 0.0001 && size < 1e6) ? String(size) : size.toExponential();
  return rounded < 0 ? `−${text}` : text;
}
