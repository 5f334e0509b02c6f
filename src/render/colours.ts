/** Terminal colours (ECMA-48 "select graphic rendition"), or none. */
export type Colour = "red" | "yellow" | "bold" | "dim" | "cyan";

const codes: Readonly<Record<Colour, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

export type Paint = (text: string, ...colours: readonly Colour[]) => string;

/** Puts colours around a text. */
export const colourful: Paint = (text, ...colours) =>
  text.trim() === ""
    ? text
    : colours.reduce((inner, colour) => `\x1b[${codes[colour][0]}m${inner}\x1b[${codes[colour][1]}m`, text);

/** Leaves a text as it is. */
export const colourless: Paint = (text) => text;
