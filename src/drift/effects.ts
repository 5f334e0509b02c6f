/** Effects in units of the reference's spread. */
import { finite } from "../statistics/plain.js";

/** A distance in units of a spread; 0 stays 0 where there is none. */
export function scaled(distance: number, unit: number): number | null {
  return distance === 0 ? 0 : finite(distance / unit);
}
