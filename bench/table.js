// Rows of figures as text for the terminal or as Markdown for the README.
import { duration, rounded } from "./harness.js";

const columns = {
  "": ({ name }) => name,
  median: ({ median }) => duration(median),
  min: ({ min }) => duration(min),
  "ns/value": ({ perValue }) => perValue && rounded(perValue),
  "GB/s": ({ gigabytes }) => gigabytes && rounded(gigabytes),
  "× reading": ({ reading }) => reading && rounded(reading),
  against: ({ against }) => against,
  "ratio (of minima)": ({ ratio }) => ratio,
  target: ({ target }) => target,
  reached: ({ reached }) => (reached === null ? null : reached ? "yes" : "NO"),
};

export function table(rows, markdown) {
  const titles = Object.keys(columns);
  const cells = rows.map((row) => Object.values(columns).map((cell) => String(cell(row) ?? "")));
  const widths = titles.map((title, k) =>
    Math.max(...[title, ...cells.map((row) => row[k])].map(({ length }) => length)),
  );
  const line = (texts) => {
    const padded = texts.map((text, k) => (isNumeric(k) ? text.padStart(widths[k]) : text.padEnd(widths[k])));
    return markdown ? `| ${padded.join(" | ")} |` : padded.join("  ").trimEnd();
  };
  const rule = widths.map((width, k) => (isNumeric(k) ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return [line(titles), ...(markdown ? [line(rule)] : []), ...cells.map(line)].join("\n");
}

const isNumeric = (column) => column > 0 && column < 6;
