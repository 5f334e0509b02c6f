// The exact Bayes classifier of the generator: it knows the amplitude, the autocorrelation and every range. Nobody can be
// right more often.
import { kinds, shapesOf, templateOf } from "./generator.js";

const whitened = (values, phi) =>
  values.map((value, t) => (t === 0 ? value : (value - phi * values[t - 1]) / Math.sqrt(1 - phi * phi)));

/** @returns a function from scores to the most probable kind */
export function bayes(amplitude, phi) {
  const templates = kinds.map((kind) =>
    shapesOf(kind).map((shape) => {
      const template = whitened(templateOf(shape), phi);
      return { template, half: (amplitude * template.reduce((sum, s) => sum + s * s, 0)) / 2 };
    }),
  );
  return (scores) => {
    const y = whitened(scores, phi);
    const logs = templates.map((ones) => {
      const exponents = ones.map(({ template, half }) => {
        let b = 0;
        for (let t = 0; t < y.length; t++) b += template[t] * y[t];
        return amplitude * (b - half);
      });
      const top = exponents.reduce((most, one) => Math.max(most, one));
      return top + Math.log(exponents.reduce((sum, one) => sum + Math.exp(one - top), 0) / ones.length);
    });
    return kinds[logs.indexOf(Math.max(...logs))];
  };
}
