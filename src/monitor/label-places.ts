/** Where rows with an id are: of one row in one pane mostly, of several where ids repeat. */
import type { Id, LabelPane } from "./label-pane.js";

/** Where a row is: its pane's slot, and the row, as one number. */
export type Place = number;

const rowsOfSlot = 2 ** 31;

/** What more rows have is no id: a label would have to be given to all of them. */
export const mostRowsOfId = 1000;

export class LabelPlaces {
  readonly #slots: (LabelPane | null)[] = [];
  readonly #slotOf = new Map<LabelPane, number>();
  readonly #places = new Map<Id, Place | Place[]>();

  /**
   * @returns where the last row of the same id is that was there before, of those that are not over, or `null`; `false` where
   *   there are so many of them that this one is not added
   */
  add(id: Id, pane: LabelPane, row: number): Place | null | false {
    const place = this.#slot(pane) * rowsOfSlot + row;
    const known = this.#places.get(id);
    if (known === undefined) {
      this.#places.set(id, place);
      return null;
    }
    const before = typeof known === "number" ? [known] : known;
    if (before.length === mostRowsOfId) return false;
    const last = before.findLast((other) => this.paneAt(other).store !== null) ?? null;
    before.push(place);
    this.#places.set(id, before);
    return last;
  }

  of(id: Id): Place | readonly Place[] | undefined {
    return this.#places.get(id);
  }

  paneAt(place: Place): LabelPane {
    return this.#slots[Math.floor(place / rowsOfSlot)]!;
  }

  rowAt(place: Place): number {
    return place % rowsOfSlot;
  }

  /** Forgets where a pane's rows are. */
  remove(pane: LabelPane): void {
    const slot = this.#slotOf.get(pane);
    if (slot === undefined) return;
    for (const id of pane.ids) {
      const known = id === null ? undefined : this.#places.get(id);
      if (id === null || known === undefined) continue;
      const others = [known].flat().filter((place) => Math.floor(place / rowsOfSlot) !== slot);
      if (others.length === 0) this.#places.delete(id);
      else this.#places.set(id, others.length === 1 ? others[0]! : others);
    }
    this.#slots[slot] = null;
    this.#slotOf.delete(pane);
  }

  #slot(pane: LabelPane): number {
    const known = this.#slotOf.get(pane);
    if (known !== undefined) return known;
    const free = this.#slots.indexOf(null);
    const slot = free < 0 ? this.#slots.length : free;
    this.#slots[slot] = pane;
    this.#slotOf.set(pane, slot);
    return slot;
  }
}
