/** What an alert tells: plain data. It lies here because stores keep it and alerts make it. */

export interface AlertEvent {
  /** Of rule, subject and the window that it began with: the same alert has the same id while it lasts. */
  readonly id: string;
  readonly rule: string;
  /** `firing` when it begins, and again after each repeat interval; `resolved` once at its end. */
  readonly status: "firing" | "resolved";
  readonly severity: "info" | "warning" | "critical";
  readonly dataset: string;
  readonly model: string | null;
  /** What it is about: a column, a series, a metric of the table; `null`: the dataset. */
  readonly subject: string | null;
  /** Id of the window's result. */
  readonly window: string;
  readonly startsAt: number;
  /** `null` while it is firing. */
  readonly endsAt: number | null;
  /** What happened, in a sentence; the digest of what drifted and how, in several. */
  readonly summary: string;
  readonly digest: string;
  /** Numbers behind it, by name. */
  readonly evidence: { readonly [name: string]: number | string | boolean | null };
}
