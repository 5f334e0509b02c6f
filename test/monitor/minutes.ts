/** Rows of minutes, one window each. */
export const base = Date.UTC(2026, 10, 26, 10);
export const minute = 60_000;
export const at = (minutes: number) => base + minutes * minute;

export const values = (count: number, shift = 0) =>
  Float64Array.from({ length: count }, (_, k) => ((k * 7919) % 1009) / 100 + shift);
export const rows = (minutes: number, count = 50, shift = 0) => ({
  time: new Float64Array(count).fill(at(minutes)),
  x: values(count, shift),
});
