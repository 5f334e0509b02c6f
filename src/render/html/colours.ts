/**
 * Colours of the page by light and dark. Blue and orange are told apart with every common colour blindness; verdicts have
 * a sign and a word besides. Texts have a contrast of 4.5 or more.
 */
const names = [
  "paper",
  "panel",
  "ink",
  "quiet",
  "line",
  "link",
  "ref",
  "cur",
  "bad",
  "maybe",
  "other",
  "hover",
] as const;

type Colours = Readonly<Record<(typeof names)[number], string>>;

const light: Colours = {
  paper: "#fff",
  panel: "#f6f7f9",
  ink: "#1b1f24",
  quiet: "#59636e",
  line: "#dfe3e8",
  link: "#0b57b0",
  ref: "#2f6db3",
  cur: "#c2500a",
  bad: "#a3123a",
  maybe: "#7a5300",
  other: "#5b3fa8",
  hover: "#eef3fa",
};

const dark: Colours = {
  paper: "#13171c",
  panel: "#1a2027",
  ink: "#e6e9ed",
  quiet: "#9ba6b2",
  line: "#303842",
  link: "#7ab7ff",
  ref: "#69a8ee",
  cur: "#ff9a4d",
  bad: "#ff86a3",
  maybe: "#e3b85a",
  other: "#b8a4ff",
  hover: "#1e2833",
};

const declared = (colours: Colours): string => names.map((name) => `--${name}:${colours[name]}`).join(";");

/** Paper is always light. */
export const colours = `:root{color-scheme:light;${declared(light)}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${declared(dark)}}}
@media screen{:root[data-theme=dark]{color-scheme:dark;${declared(dark)}}}
`;
