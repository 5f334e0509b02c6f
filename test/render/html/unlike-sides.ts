/** Two small tables that differ in every way in which columns can. */
import type { ColumnInput } from "smirnov";

type Value = number | string | boolean | null | Date;

export function unlikeSides(
  rows = 400,
): [reference: Record<string, ColumnInput>, current: Record<string, ColumnInput>] {
  let state = 42;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return (state - 1) / 2147483646;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random() || 0.5)) * Math.cos(2 * Math.PI * random());
  const side = (now: boolean): Record<string, ColumnInput> => {
    const column = (value: (row: number) => Value) => Array.from({ length: rows }, (_, k) => value(k)) as ColumnInput;
    return {
      amount: column(() => Math.exp(normal() + (now ? 0.5 : 0))),
      outlier: column((row) => (now && row === 7 ? 1e9 : normal())),
      huge: column(() => 1e308 * (2 * random() - 1)),
      tiny: column(() => 1e-300 * random()),
      infinite: column((row) => (row % 20 === 0 ? Number.POSITIVE_INFINITY : row % 20 === 1 ? -1 / 0 : normal())),
      constant: column(() => (now ? 7 : 5)),
      "all null": column(() => null),
      "without values now": column(() => (now ? null : normal())),
      country: column(() => (random() < 0.1 ? (now ? "Atlantis" : "Yugoslavia") : random() < 0.5 ? "" : "España")),
      number_or_text: column((row) => (now ? `v${row % 3}` : row)),
      flag: column(() => random() < (now ? 0.7 : 0.5)),
      اسم: column(normal),
      far: column((row) => new Date((now ? 8.6e15 : -8.6e15) + (now ? -1 : 1) * row * 1e9)),
      [now ? "appeared" : "vanished"]: column(normal),
    };
  };
  return [side(false), side(true)];
}
