/** A search field, a choice and a live count above a table. Hidden until the script, which they need, shows them. */
import { counted } from "../numbers.js";
import { html, type Markup } from "./markup.js";

interface Controls {
  /** Id of the table, of which every body is found or not. */
  readonly table: string;
  readonly label: string;
  readonly noun: string;
  readonly count: number;
  readonly choices?: {
    readonly label: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
  };
}

export function controls({ table, label, noun, count, choices }: Controls): Markup {
  return html`<form class="o" data-for="${table}" data-noun="${noun}" role="search" aria-label="${label}" hidden><label>${label} <input type="search" autocomplete="off" spellcheck="false"></label>${
    choices &&
    html`<label>${choices.label} <select><option value="">all (${count})</option>${choices.options.map(
      (option) => html`<option value="${option.value}">${option.label}</option>`,
    )}</select></label>`
  }<output aria-live="polite">${counted(count, noun)}</output></form>`;
}
