/** Shares of both sides, side by side: of categories, of kinds of missing, of values. */
import { percent } from "../../drift/change.js";
import { html, type Markup, nothing } from "./markup.js";

export interface ShareRow {
  readonly label: Markup;
  /** `null` where it is not known. */
  readonly reference: number | null;
  readonly current: number | null;
}

export function shareBars(caption: string, rows: readonly ShareRow[]): Markup {
  if (rows.length === 0) return nothing;
  const most = Math.max(...rows.flatMap(({ reference, current }) => [reference ?? 0, current ?? 0]), 1e-12);
  return html`<table class="s"><caption>${caption}</caption><thead><tr><th scope="col"><span class="h">What</span><th scope="col">Reference<th scope="col">Current<td></thead><tbody>${rows.map(
    ({ label, reference, current }) =>
      html`<tr><th scope="row">${label}<td>${shareText(reference)}<td>${shareText(current)}<td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${bar(
        "rb",
        reference,
        most,
        0,
      )}${bar("cb", current, most, 5)}</svg>`,
  )}</table>`;
}

function bar(side: "rb" | "cb", share: number | null, most: number, y: number): Markup {
  const length = Math.round((100 * (share ?? 0)) / most);
  return length === 0 ? nothing : html`<path class="${side}" d="M0 ${y}h${length}v5H0z"/>`;
}

function shareText(share: number | null): string {
  return share === null ? "–" : percent(share);
}
