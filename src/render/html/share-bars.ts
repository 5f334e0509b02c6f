/** Shares side by side: of categories, of kinds of missing, of values. */
import { percent } from "../../drift/change.js";
import { html, type Markup, nothing } from "./markup.js";

export interface ShareRow {
  readonly label: Markup;
  /** `null` where it is not known. */
  readonly reference: number | null;
  readonly current: number | null;
  /** What is left of all others: may be much more than any, and has no bar. */
  readonly rest?: boolean;
}

export function shareBars(caption: string, rows: readonly ShareRow[]): Markup {
  if (rows.length === 0) return nothing;
  const shown = rows.filter(({ rest }) => !rest);
  const most = Math.max(...shown.flatMap(({ reference, current }) => [reference ?? 0, current ?? 0]), 1e-12);
  return html`<table class="s"><caption>${caption}</caption><thead><tr><td><th scope="col">Reference<th scope="col">Current<td></thead><tbody>${rows.map(
    ({ label, reference, current, rest }) =>
      html`<tr><th scope="row">${label}<td>${shareText(reference)}<td>${shareText(current)}<td>${
        !rest && html`<svg aria-hidden="true">${bar("rb", reference, most)}${bar("cb", current, most)}</svg>`
      }`,
  )}</table>`;
}

/** Shares of one thing only. */
export function plainBars(
  caption: string,
  rows: readonly { readonly label: Markup; readonly share: number }[],
): Markup {
  if (rows.length === 0) return nothing;
  const most = Math.max(...rows.map(({ share }) => share), 1e-12);
  return html`<table class="s one"><caption>${caption}</caption><tbody>${rows.map(
    ({ label, share }) =>
      html`<tr><th scope="row">${label}<td>${percent(share)}<td><svg aria-hidden="true">${bar("ob", share, most)}</svg>`,
  )}</table>`;
}

/** Heights and places are in the style. */
function bar(name: "rb" | "cb" | "ob", share: number | null, most: number): Markup {
  const length = Math.round((100 * (share ?? 0)) / most);
  return length === 0 ? nothing : html`<rect class="${name}" width="${length}%"/>`;
}

function shareText(share: number | null): string {
  return share === null ? "–" : percent(share);
}
