/**
 * Profiles of earlier rows, where a reference of rows would have no bound: of all that came before (expanding), or of each pane
 * until its lag has passed.
 */
import type { AgainstShape } from "./reference-shape.js";
import type { WindowShape } from "./window-shape.js";

export class EarlierProfiles {
  readonly #against: AgainstShape;
  readonly #shape: WindowShape;
  /** By pane; of an expanding reference one, under 0. */
  readonly #profiles: Map<number, Uint8Array>;

  constructor(against: AgainstShape, shape: WindowShape, profiles: ReadonlyMap<number, Uint8Array> = new Map()) {
    this.#against = against;
    this.#shape = shape;
    this.#profiles = new Map(profiles);
  }

  /** What a window is compared with. */
  before(window: number): Uint8Array[] {
    const { kind, last } = this.#against;
    if (kind === "expanding") return [...this.#profiles.values()];
    const from = window - last;
    const panes = Array.from({ length: this.#shape.panes }, (_, k) => from + k);
    return panes.flatMap((pane) => this.#profiles.get(pane) ?? []);
  }

  /** What the profile of a window's first pane is merged onto. */
  get onto(): Uint8Array | null {
    return this.#against.kind === "expanding" ? (this.#profiles.get(0) ?? null) : null;
  }

  /** Keeps the profile of a window's first pane, once the window was told; those that no later window needs go. */
  told(window: number, profile: Uint8Array | null): void {
    const isExpanding = this.#against.kind === "expanding";
    if (profile) this.#profiles.set(isExpanding ? 0 : window, profile);
    if (isExpanding) return;
    for (const pane of this.#profiles.keys()) if (pane <= window - this.#against.last) this.#profiles.delete(pane);
  }

  all(): ReadonlyMap<number, Uint8Array> {
    return this.#profiles;
  }
}
