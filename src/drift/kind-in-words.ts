/** The kind of change in a sentence or two. */
import type { ConceptAspect } from "../statistics/concept-drift.js";
import { digits } from "./decide.js";
import type { ConditionalChange, JointChange, KindOfChange } from "./kind-of-change.js";

/** Features that differed when serving started and did not change since. */
export function shiftedFrom(start: KindOfChange["start"]): readonly string[] {
  return start ? start.differed.filter((name) => !start.since.includes(name)) : [];
}

/**
 * `The features changed (price, city); the target y follows from them: data drift, not concept drift.`
 *
 * @param joint what a classifier said of all features together, where it was asked
 */
export function kindInWords(found: Omit<KindOfChange, "words">, joint: JointChange | null): string {
  const sentences = [
    `${featureWords(found, joint)}; ${targetWords(found)}`,
    labelWords(found.concept),
    predictionWords(found),
  ];
  return sentences
    .filter((text) => text !== "")
    .map((text) => `${text[0]!.toUpperCase()}${text.slice(1).replace(/; $/, "")}.`)
    .join(" ");
}

function featureWords({ features, start }: Omit<KindOfChange, "words">, joint: JointChange | null): string {
  if (features.names.length === 0) return "there are no features to look at";
  const shifted = shiftedFrom(start);
  const moved = features.drifted.filter((name) => !shifted.includes(name));
  const parts = [
    shifted.length > 0
      ? `the features differ from the reference since serving started (${listed(shifted)}): domain shift`
      : "",
    moved.length > 0 ? `the features changed (${listed(moved)})` : "",
  ].filter((part) => part !== "");
  if (parts.length > 0) return parts.join("; ");
  if (!joint?.drifted) return "the features are as they were";
  const most = joint.importances.slice(0, 2).map(({ column }) => column);
  return `no feature changed much by itself, but all together did (most of all ${listed(most)})`;
}

/** What became of the target, with the name of it. */
function targetWords({ kinds, target, concept }: Omit<KindOfChange, "words">): string {
  if (!target || !concept) return "";
  const name = `the target ${target.column}`;
  const moved = kinds.includes("data-drift") || kinds.includes("domain-shift");
  if (concept.drifted) {
    return `${name} depends on them in another way: for rows with the same features ${aspectWords(concept)}: concept drift`;
  }
  if (concept.severity === "possible") {
    return `${name} may depend on them in another way (p ${digits(concept.adjustedPValue!)}): concept drift is possible`;
  }
  if (concept.status === "ok") {
    if (target.drifted && moved) return `${name} follows from them: ${kindName(kinds)}, not concept drift`;
    if (target.drifted) return `${name} changed, but neither by a feature nor by how it depends on them: target drift`;
    return moved ? `${name} depends on them as it did: ${kindName(kinds)}, not concept drift` : `so is ${name}`;
  }
  const changed = target.drifted ? `${name} changed; whether` : "whether";
  return `${changed} ${target.drifted ? "it" : name} depends on them as it did cannot be told: ${obstacles[concept.status]}`;
}

function kindName(kinds: KindOfChange["kinds"]): string {
  const both = (["data-drift", "domain-shift"] as const).filter((kind) => kinds.includes(kind));
  return both.map((kind) => kind.replace("-", " ")).join(" and ");
}

const obstacles: Readonly<Record<Exclude<ConditionalChange["status"], "ok">, string>> = {
  unknown: "it is not known yet",
  few: "too few rows have a value",
  constant: "it does not vary",
  "no-overlap": "hardly any current row is like one of the reference",
  infinite: "it holds infinite values",
  "type-changed": "its type changed",
};

function predictionWords({ kinds, prediction, model }: Omit<KindOfChange, "words">): string {
  if (!prediction || !model) return "";
  const name = `the predictions ${prediction.column}`;
  if (model.drifted) return `for rows with the same features ${aspectWords(model)}: the model itself changed`;
  if (model.severity === "possible") return `${name} may follow from the features in another way`;
  if (model.status !== "ok") return prediction.drifted ? `${name} changed: prediction drift` : "";
  const moved = kinds.includes("data-drift") || kinds.includes("domain-shift");
  if (!prediction.drifted) return "";
  return moved
    ? `${name} changed as follows from the features`
    : `${name} changed, though neither the features nor the model did`;
}

/** What may help while labels are missing. */
function labelWords(concept: ConditionalChange | null): string {
  if (concept?.status !== "unknown") return "";
  return "until then estimateClassification and estimateLoss tell what performance to expect if it does";
}

/** `y is 0.5 higher on average` */
function aspectWords({ column, aspects }: ConditionalChange): string {
  const { aspect, class: name, difference, effect } = aspects[0] as ConceptAspect;
  const size = name === null ? digits(Math.abs(difference)) : `${digits(100 * Math.abs(difference))} points`;
  const what = name === null ? column : `${column} = ${name}`;
  if (aspect === "spread") {
    return `${what} scatters ${difference > 0 ? "more" : "less"} (by ${digits(effect)} of its standard deviation)`;
  }
  const [more, less] = name === null ? ["higher", "lower"] : ["more frequent", "less frequent"];
  if (aspect === "rows") return `${what} is ${more} for some and ${less} for others (by ${size} on average)`;
  return `${what} is ${size} ${difference > 0 ? more : less} on average`;
}

const mostNames = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}
