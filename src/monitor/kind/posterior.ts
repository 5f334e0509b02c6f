/** Posterior probabilities of the kinds, averaged over what is not known of the noise. */
import type { DriftKindName } from "../drift-kind.js";
import { Evidence } from "./amplitude.js";
import type { Node } from "./autocorrelation.js";
import { Noise } from "./noise.js";
import { addRhythms, addRhythmsNear } from "./rhythms.js";
import { addRamps, addRampsNear, addSteps, addStretches, addStretchesNear, type Seasonal } from "./shapes.js";

export type Kind = Exclude<DriftKindName, "undecided">;
export type Drift = Exclude<Kind, "none">;

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
  /** The most likely autocorrelation. */
  readonly phi: number;
  /** Mean square of what it leaves, in variances of the noise. */
  readonly dispersion: number;
}

export type Probabilities = Readonly<Record<Kind, number>>;

/** The kinds under one autocorrelation. */
export interface UnderOne {
  readonly phi: number;
  readonly noise: Noise;
  readonly seasonal: Seasonal | null;
  /** Logarithm of the likelihood of noise times the weight of φ, comparable between φ; that of a drift adds its evidence. */
  readonly base: number;
  /** Of the drifts that were asked for. */
  readonly evidence: ReadonlyMap<Drift, Evidence>;
}

/** Where the most likely φ alone makes a kind so likely, the others are not asked, */
const clear = 0.9;
/** nor for kinds that it makes as unlikely as this. */
const excluded = 1e-3;

/** Probabilities of all kinds, and what the most likely φ says. */
export function posterior(scores: Float64Array, model: Model): { probabilities: Probabilities; main: UnderOne } {
  const first = model.nodes.reduce((best, node) => (node.weight > best.weight ? node : best));
  const main = underOne(scores, first, model, drifts);
  const alone = mixed([main], model.prior);
  const others = model.nodes.filter((node) => node !== first);
  if (others.length === 0 || kinds.some((kind) => alone[kind] >= clear)) return { probabilities: alone, main };
  const open = drifts.filter((kind) => alone[kind] > excluded);
  const all = [main, ...others.map((node) => underOne(scores, node, model, open))];
  return { probabilities: mixed(all, model.prior), main };
}

function underOne(scores: Float64Array, { phi, weight }: Node, model: Model, wanted: readonly Drift[]): UnderOne {
  const { sd, level, tau, twoSided } = model;
  const noise = new Noise(scores, phi, sd, level);
  const seasonal = model.seasonal && {
    noise: new Noise(model.seasonal.scores, phi, sd, 0),
    period: model.seasonal.period,
  };
  const base = Math.log(weight) + noise.logLikelihood + (seasonal?.noise.logLikelihood ?? 0);
  const evidence = new Map(wanted.map((kind) => [kind, new Evidence(tau, twoSided)]));
  for (const [kind, one] of evidence) {
    if (kind === "instantaneous") addSteps(noise, seasonal, one);
    else if (kind === "gradual") addRamps(noise, seasonal, one);
    else if (kind === "temporary") addStretches(noise, seasonal, one);
    else addRhythms(noise, model.periods, one);
  }
  return { phi, noise, seasonal, base, evidence };
}

function mixed(all: readonly UnderOne[], prior: Probabilities): Probabilities {
  const logs = kinds.map((kind) => {
    const beforehand = Math.log(prior[kind]);
    return all.map(({ base, evidence }) => {
      const gain = kind === "none" ? 0 : (evidence.get(kind)?.log ?? Number.NEGATIVE_INFINITY);
      return beforehand + base + gain;
    });
  });
  const top = Math.max(...logs.flat());
  const masses = logs.map((ones) => ones.reduce((sum, log) => sum + Math.exp(log - top), 0));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(kinds.map((kind, k) => [kind, masses[k]! / total])) as Record<Kind, number>;
}

/** None where it is as likely as the likeliest drift. */
export function likeliest(probabilities: Probabilities): Kind {
  return kinds.reduce((best, kind) => (probabilities[kind] > probabilities[best] ? kind : best));
}

/** The most likely shape of a kind under one φ: that of the grid, and then what lies between its neighbours. */
export function fitOf(kind: Drift, { phi, noise, seasonal, evidence }: UnderOne, model: Model): Fit {
  const coarse = evidence.get(kind)!;
  const fine = new Evidence(model.tau, model.twoSided);
  const [onset = 0, length = 0] = coarse.shape;
  if (kind === "gradual") addRampsNear(noise, seasonal, fine, onset, length);
  else if (kind === "temporary") addStretchesNear(noise, seasonal, fine, onset, length);
  else if (kind === "periodic") addRhythmsNear(noise, model.periodsGiven, fine, coarse.shape);
  const { shape, amplitude, explained } = kind === "instantaneous" ? coarse : fine;
  const energy = noise.energy + (seasonal?.noise.energy ?? 0);
  const count = noise.known + (seasonal?.noise.known ?? 0);
  return { shape, amplitude, phi, dispersion: Math.max(0, energy - explained) / count };
}
