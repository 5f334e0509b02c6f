/** Posterior probabilities of the kinds, averaged over what is not known of the noise. */
import type { DriftKindName } from "../drift-kind.js";
import { Evidence } from "./amplitude.js";
import type { Node } from "./autocorrelation.js";
import { Noise } from "./noise.js";
import { addRhythms, addRhythmsNear } from "./rhythms.js";
import { addRamps, addRampsNear, addSteps, addStretches, addStretchesNear, type Seasonal } from "./shapes.js";

export type Kind = Exclude<DriftKindName, "undecided">;
type Drift = Exclude<Kind, "none">;

const drifts: readonly Drift[] = ["instantaneous", "gradual", "temporary", "periodic"];
export const kinds: readonly Kind[] = ["none", ...drifts];

export interface Model {
  /** Of the autocorrelation; the most likely one is looked at first. */
  readonly nodes: readonly Node[];
  readonly periods: readonly number[];
  readonly periodsGiven: boolean;
  /** Of windows against those a period ago; with it all `periods` divide this one. */
  readonly seasonal: { readonly scores: Float64Array; readonly period: number } | null;
  readonly prior: Readonly<Record<Kind, number>>;
  readonly twoSided: boolean;
  /** Of the amplitude's prior. */
  readonly tau: number;
  /** Standard deviation of the noise, and of the level that all scores share. */
  readonly sd: number;
  readonly level: number;
}

/** The most likely shape of a kind. */
export interface Fit {
  readonly shape: readonly number[];
  readonly amplitude: number;
  /** Mean square of what it leaves, in variances of the noise. */
  readonly dispersion: number;
}

export type Probabilities = Readonly<Record<Kind, number>>;

/** Where the most likely φ alone makes a kind so likely, the others are not asked. */
const clear = 0.95;

/** Evidence of every kind under one φ, as logarithms that are comparable between φ. */
function evidences(scores: Float64Array, { phi, weight }: Node, model: Model): number[] {
  const { noise, seasonal } = noisesOf(scores, phi, model);
  const base = Math.log(weight) + noise.logLikelihood + (seasonal?.noise.logLikelihood ?? 0);
  const found = drifts.map((kind) => {
    const evidence = new Evidence(model.tau, model.twoSided);
    addAll(kind, noise, seasonal, model, evidence);
    return base + evidence.log;
  });
  return [base, ...found];
}

function noisesOf(scores: Float64Array, phi: number, { seasonal, sd, level }: Model) {
  const other: Seasonal | null = seasonal && { noise: new Noise(seasonal.scores, phi, sd, 0), period: seasonal.period };
  return { noise: new Noise(scores, phi, sd, level), seasonal: other };
}

function addAll(kind: Drift, noise: Noise, seasonal: Seasonal | null, model: Model, evidence: Evidence): void {
  if (kind === "instantaneous") addSteps(noise, seasonal, evidence);
  else if (kind === "gradual") addRamps(noise, seasonal, evidence);
  else if (kind === "temporary") addStretches(noise, seasonal, evidence);
  else addRhythms(noise, model.periods, evidence);
}

export function probabilitiesOf(scores: Float64Array, model: Model): Probabilities {
  const [first, ...others] = model.nodes.toSorted((x, y) => y.weight - x.weight) as [Node, ...Node[]];
  const logs = [evidences(scores, first, model)];
  const alone = mixed(logs, model.prior);
  if (others.length === 0 || kinds.some((kind) => alone[kind] >= clear)) return alone;
  for (const node of others) logs.push(evidences(scores, node, model));
  return mixed(logs, model.prior);
}

function mixed(logs: readonly (readonly number[])[], prior: Probabilities): Probabilities {
  const top = Math.max(...logs.flat());
  const masses = kinds.map((kind, k) => prior[kind] * logs.reduce((sum, node) => sum + Math.exp(node[k]! - top), 0));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(kinds.map((kind, k) => [kind, masses[k]! / total])) as Record<Kind, number>;
}

/** The most likely shape of a kind under the most likely φ: that of the grid, and then what lies between its neighbours. */
export function fitOf(kind: Drift, scores: Float64Array, model: Model): Fit {
  const { phi } = model.nodes.reduce((best, node) => (node.weight > best.weight ? node : best));
  const { noise, seasonal } = noisesOf(scores, phi, model);
  const coarse = new Evidence(model.tau, model.twoSided);
  addAll(kind, noise, seasonal, model, coarse);
  const fine = new Evidence(model.tau, model.twoSided);
  const [onset = 0, length = 0] = coarse.shape;
  if (kind === "gradual") addRampsNear(noise, seasonal, fine, onset, length);
  else if (kind === "temporary") addStretchesNear(noise, seasonal, fine, onset, length);
  else if (kind === "periodic") addRhythmsNear(noise, model.periodsGiven, fine, coarse.shape);
  const { shape, amplitude, explained } = kind === "instantaneous" ? coarse : fine;
  const known = (values: Float64Array) => values.reduce((count, z) => count + (Number.isNaN(z) ? 0 : 1), 0);
  const energy = noise.energy + (seasonal?.noise.energy ?? 0);
  const count = known(scores) + (model.seasonal === null ? 0 : known(model.seasonal.scores));
  return { shape, amplitude, dispersion: Math.max(0, energy - explained) / count };
}
