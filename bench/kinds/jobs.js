// The parts of `npm run kinds` that are many histories: each is a job of its own, so that every core has one.
import { driftKind } from "../../dist/bundle/monitor.js";
import { bayes } from "./ceiling.js";
import { delayOf } from "./delays.js";
import { draw, kinds } from "./generator.js";
import { kindOfPartition } from "./partition.js";
import { toldOf } from "./sliding.js";

export const labels = [...kinds, "undecided"];
const known = (kind) => kind === "none" || kind === "undecided";

/** How often the kind is right, what is taken for what, and by how much numbers are wrong; the best possible on every third history. */
function judged({ amplitude, phi, seed, histories, onsets }) {
  const best = bayes(amplitude, phi, onsets);
  const matrix = new Map(kinds.map((kind) => [kind, new Map(labels.map((label) => [label, 0]))]));
  const errors = { onset: [], width: [], duration: [], period: [], amplitude: [] };
  const right = { ours: 0, partition: 0 };
  const ceiling = [];
  for (let k = 0; k < histories; k++) {
    const kind = kinds[k % kinds.length];
    const { scores, reference, shape } = draw(kind, amplitude, phi, seed + 7 * k, onsets);
    const found = driftKind(scores, phi === 0 ? {} : { reference });
    const row = matrix.get(kind);
    row.set(found.kind, row.get(found.kind) + 1);
    if (kindOfPartition(scores, phi) === kind) right.partition++;
    if (k % 3 === 0) ceiling.push(best(scores).probability);
    if (found.kind !== kind) continue;
    right.ours++;
    if (kind === "none") continue;
    for (const [name, truth] of Object.entries({ ...shape, amplitude }))
      if (name in errors && found[name] !== null) errors[name].push(Math.abs(found[name] - truth));
  }
  return { amplitude, phi, onsets, histories, matrix, right, errors, ceiling };
}

/** Kinds that are told where nothing changes. */
function unchanged({ phi, seed, histories, windows }) {
  const found = Array.from({ length: histories }, (_, k) => {
    const { scores, reference } = draw("none", 0, phi, seed + 7 * k);
    return driftKind(scores.subarray(0, windows), phi === 0 ? {} : { reference }).kind;
  });
  const undecided = found.filter((kind) => kind === "undecided").length;
  return { phi, windows, histories, labelled: found.filter((kind) => !known(kind)).length, undecided };
}

/** Shares of what is told of windows that slide, by kind. */
function sliding({ panes, count, apart, seed, nulls, histories }) {
  const none = Array.from({ length: nulls }, (_, k) =>
    toldOf("none", { count, panes, height: 0, apart }, seed + 7 * k),
  );
  const right = kinds.slice(1).map((kind) => {
    const found = Array.from({ length: histories }, (_, k) =>
      toldOf(kind, { count, panes, height: 4, apart }, seed + 1 + 7 * k),
    );
    return found.filter((one) => one === kind).length / histories;
  });
  return {
    panes,
    count,
    apart,
    nulls,
    labelled: none.filter((kind) => !known(kind)).length,
    undecided: none.filter((kind) => kind === "undecided").length,
    right,
  };
}

/** The best possible: probabilities of the exact classifier's answers. */
function best({ amplitude, onsets, seed, histories }) {
  const answer = bayes(amplitude, 0, onsets);
  const all = Array.from(
    { length: histories },
    (_, k) => answer(draw(kinds[k % kinds.length], amplitude, 0, seed + 13 * k, onsets).scores).probability,
  );
  return { amplitude, onsets, all };
}

/** How long it takes until a kind is known. */
const delays = ({ kind, amplitude, seed, histories }) => ({
  kind,
  amplitude,
  all: Array.from({ length: histories }, (_, k) => delayOf(kind, amplitude, seed + 7 * k)),
});

export const jobs = { judged, unchanged, sliding, best, delays };
