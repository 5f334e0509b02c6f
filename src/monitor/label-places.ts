/** Where rows with an id are: of one row in one pane mostly, of several where ids repeat. */
import type { Id, LabelPane } from "./label-pane.js";

/** A place is a slot and a row as one number. */
const rowsOfSlot = 2 ** 31;

export interface Place {
  readonly pane: LabelPane;
  readonly row: number;
}

export class LabelPlaces {
  readonly #slots: (LabelPane | null)[] = [];
  readonly #slotOf = new Map<LabelPane, number>();
  readonly #places = new Map<Id, number | number[]>();

  add(id: Id, pane: LabelPane, row: number): void {
    const place = this.#slot(pane) * rowsOfSlot + row;
    const known = this.#places.get(id);
    if (known === undefined) this.#places.set(id, place);
    else if (typeof known === "number") this.#places.set(id, [known, place]);
    else known.push(place);
  }

  of(id: Id): readonly Place[] {
    const found = this.#places.get(id);
    if (found === undefined) return [];
    return typeof found === "number" ? [this.#at(found)] : found.map((place) => this.#at(place));
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

  #at(place: number): Place {
    const slot = Math.floor(place / rowsOfSlot);
    return { pane: this.#slots[slot]!, row: place - slot * rowsOfSlot };
  }
}
