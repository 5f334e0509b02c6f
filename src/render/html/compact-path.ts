/**
 * What d3-shape draws on: writes paths in whole units and relative steps, and leaves out steps that nobody can see. A
 * histogram of 24 bins takes 130 bytes a side.
 */

/** The part of a canvas that lines and areas without curves use. */
export class CompactPath {
  #text = "";
  #x = 0;
  #y = 0;
  /** A horizontal or vertical step that may go on. */
  #open: { readonly along: "h" | "v"; readonly by: number } | null = null;

  moveTo(x: number, y: number): void {
    this.#flush();
    this.#x = Math.round(x);
    this.#y = Math.round(y);
    this.#text += `M${this.#x} ${this.#y}`;
  }

  lineTo(x: number, y: number): void {
    const [dx, dy] = [Math.round(x) - this.#x, Math.round(y) - this.#y];
    if (dx === 0 && dy === 0) return;
    this.#x += dx;
    this.#y += dy;
    if (dx !== 0 && dy !== 0) {
      this.#flush();
      this.#text += `l${dx}${dy < 0 ? "" : " "}${dy}`;
      return;
    }
    const [along, by] = dy === 0 ? (["h", dx] as const) : (["v", dy] as const);
    const goesOn = this.#open?.along === along && Math.sign(this.#open.by) === Math.sign(by);
    const before = goesOn ? this.#open!.by : 0;
    if (!goesOn) this.#flush();
    this.#open = { along, by: before + by };
  }

  closePath(): void {
    this.#flush();
    this.#text += "z";
  }

  toString(): string {
    this.#flush();
    return this.#text;
  }

  #flush(): void {
    if (this.#open) this.#text += `${this.#open.along}${this.#open.by}`;
    this.#open = null;
  }
}

/** The path that a generator of d3-shape draws. */
export function compactPath(draw: (context: CanvasRenderingContext2D) => void): string {
  const path = new CompactPath();
  // d3-shape asks for a canvas, and uses these three methods of it.
  draw(path as unknown as CanvasRenderingContext2D);
  return path.toString();
}
