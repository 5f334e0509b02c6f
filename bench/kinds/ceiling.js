// The exact Bayes classifier of the generator: it knows the amplitude, the autocorrelation and every range. Nobody can be
// right more often.
import { kinds, shapesOf, templateOf, windows } from "./generator.js";

const whitened = (values, phi) =>
  values.map((value, t) => (t === 0 ? value : (value - phi * values[t - 1]) / Math.sqrt(1 - phi * phi)));

/** The inverse covariance of AR(1) noise, which is tridiagonal, times the scores. */
function weighed(scores, phi) {
  const last = scores.length - 1;
  return scores.map((z, t) => {
    const own = t === 0 || t === last ? z : (1 + phi * phi) * z;
    return (own - phi * ((scores[t - 1] ?? 0) + (scores[t + 1] ?? 0))) / (1 - phi * phi);
  });
}

/**
 * @returns a function from scores to the most probable kind and its probability, whose mean over histories is the share that
 * the classifier has right, known more closely than by counting
 */
export function bayes(amplitude, phi, onsets) {
  const shapes = kinds.map((kind) =>
    shapesOf(kind, onsets).map((shape) => {
      const template = templateOf(shape);
      const size = whitened(template, phi).reduce((sum, s) => sum + s * s, 0);
      return { ...shape, template, half: (amplitude * size) / 2 };
    }),
  );
  const sums = new Float64Array(windows + 1);
  const moments = new Float64Array(windows + 1);
  return (scores) => {
    const v = weighed(scores, phi);
    for (let t = 0; t < windows; t++) {
      sums[t + 1] = sums[t] + v[t];
      moments[t + 1] = moments[t] + t * v[t];
    }
    /** The template times v: of straight pieces from cumulated sums. */
    const projection = ({ kind, onset, width, duration, template }) => {
      if (kind === "none") return 0;
      if (kind === "instantaneous") return sums[windows] - sums[onset];
      if (kind === "temporary") return sums[onset + duration] - sums[onset];
      if (kind === "periodic") {
        let sum = 0;
        for (let t = 0; t < windows; t++) sum += template[t] * v[t];
        return sum;
      }
      const end = Math.min(windows, onset + width);
      const rise = moments[end] - moments[onset] - (onset - 1) * (sums[end] - sums[onset]);
      return rise / width + sums[windows] - sums[end];
    };
    const logs = shapes.map((ones) => {
      const exponents = ones.map((shape) => amplitude * (projection(shape) - shape.half));
      const top = exponents.reduce((most, one) => Math.max(most, one));
      return (
        top +
        Math.log(exponents.reduce((sum, one) => (one < top - 40 ? sum : sum + Math.exp(one - top)), 0) / ones.length)
      );
    });
    const top = Math.max(...logs);
    return {
      kind: kinds[logs.indexOf(top)],
      probability: 1 / logs.reduce((sum, log) => sum + Math.exp(log - top), 0),
    };
  };
}
