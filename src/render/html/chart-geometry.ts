/** Where things are in the picture of a distribution, in units of its view box: the script reads numbers off by it. */
export const geometry = {
  width: 360,
  height: 220,
  left: 34,
  right: 350,
  bins: { top: 14, bottom: 104 },
  steps: { top: 124, bottom: 204 },
} as const;

export type Geometry = typeof geometry;
