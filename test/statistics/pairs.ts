/** The pairs of samples of test/oracle/statistics/pairs.tsv: the same doubles as in pairs.py and pairs.R there. */
import { readFileSync } from "node:fs";

const base: Record<string, (draw: () => number) => number> = {
  bell: (draw) => (draw() + draw() + draw() + draw() - 2 ** 32) / 2 ** 30,
  pareto: (draw) => 2 ** 31 / draw(),
  digits: (draw) => draw() % 10,
  two: (draw) => Number(draw() % 10 < 3),
  zeros: (draw) => (draw() % 10 < 8 ? 0 : draw() / 2 ** 31),
  constant: () => 1,
};

/** The doubles that a rule "shape seed length spread shift power" stands for. */
export function valuesOf(rule: string): Float64Array {
  const [shape = "", ...numbers] = rule.split(" ");
  const [seed = 0, length = 0, spread = 0, shift = 0, power = 0] = numbers.map(Number);
  let state = seed;
  const draw = () => {
    state = (state * 48271) % 2147483647;
    return state;
  };
  return Float64Array.from({ length }, () => (base[shape]!(draw) * spread + shift) * 2 ** power);
}

const rows = readFileSync(new URL("../oracle/statistics/pairs.tsv", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

/** Name of the pair → its sides' rules. */
export const pairs: ReadonlyMap<string, readonly [reference: string, current: string]> = new Map(
  rows.slice(1).map((row) => {
    const [name = "", reference = "", current = ""] = row.split("\t");
    return [name, [reference, current]];
  }),
);
