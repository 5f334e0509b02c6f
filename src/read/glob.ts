/** File names by pattern: `*`, `?`, `[a-z]`, `[!a-z]`, `{one,other}`, and `**` for any folders. */
import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";

/** Whether a path is a pattern, and not the name of a file that is there. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path) && !existsSync(path);
}

/** The files that match, sorted by name. Names that begin with a dot match only a pattern that does too. */
export function filesLike(pattern: string): string[] {
  const found = new Set<string>();
  for (const one of alternatives(pattern)) {
    const segments = one.split("/");
    const first = segments.findIndex((segment) => /[*?[]/.test(segment));
    // What has no wild card left is the name of a file, and matches like one.
    const from = first < 0 ? segments.length - 1 : first;
    walk(from === 0 ? "" : `${segments.slice(0, from).join("/")}/`, segments.slice(from), found);
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

/** A pattern for each choice between braces, whose parts may be patterns too, and span folders. */
function alternatives(pattern: string): string[] {
  const [, before, inside, after] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(pattern) ?? [];
  if (inside === undefined) return [pattern];
  return inside.split(",").flatMap((choice) => alternatives(`${before}${choice}${after}`));
}

/** Adds the files below `folder` (with its slash) that the segments match. */
function walk(folder: string, [segment, ...rest]: readonly string[], found: Set<string>): void {
  const entries = entriesOf(folder);
  if (segment === "**") {
    walk(folder, rest.length > 0 ? rest : ["*"], found);
    for (const entry of entries) {
      if (entry.isDirectory() && !entry.name.startsWith("."))
        walk(`${folder}${entry.name}/`, [segment, ...rest], found);
    }
    return;
  }
  const matches = matcher(segment!);
  for (const entry of entries) {
    if (!matches(entry.name)) continue;
    const path = `${folder}${entry.name}`;
    if (rest.length > 0) walk(`${path}/`, rest, found);
    else if (!isFolder(entry, path)) found.add(path);
  }
}

function isFolder(entry: Dirent, path: string): boolean {
  return entry.isSymbolicLink()
    ? statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    : entry.isDirectory();
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    return []; // no folder, or not ours to read
  }
}

function matcher(segment: string): (name: string) => boolean {
  let source = "";
  for (let at = 0; at < segment.length; at++) {
    const letter = segment[at]!;
    const end = letter === "[" ? segment.indexOf("]", at + 2) : -1;
    if (letter === "*") source += ".*";
    else if (letter === "?") source += ".";
    else if (letter === "[" && end > 0) {
      const inside = segment.slice(at + 1, end).replaceAll(/[\\\]^]/g, "\\$&");
      source += inside.startsWith("!") ? `[^${inside.slice(1)}]` : `[${inside}]`;
      at = end;
    } else source += escaped(letter);
  }
  const expression = expressionOf(source);
  const hidden = segment.startsWith(".");
  return (name) => (hidden || !name.startsWith(".")) && expression.test(name);
}

/** A range that runs backwards matches nothing. */
function expressionOf(source: string): RegExp {
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    return /(?!)/;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
