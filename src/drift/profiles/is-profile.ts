/** What tells a profile from tables. */
import type { Profile } from "../../profile/profile.js";

/** Whether a table is a profile, as `profile`, `merge` and `fromBytes` return it. */
export function isProfile(input: unknown): input is Profile {
  if (typeof input !== "object" || input === null || (input as Partial<Profile>).profile !== true) return false;
  const { columns, unsupported } = input as Partial<Profile>;
  return columns instanceof Map && unsupported instanceof Map;
}
