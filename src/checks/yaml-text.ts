/** YAML 1.2 with the places of its values, by the package `yaml`, which is loaded here on first use. */
import type { Alias, Document, LineCounter, Node, Pair, Scalar } from "yaml";
import { exactNumber, objectOf, type Place, type PlacedData, type TextProblem, type Written } from "./placed-data.js";

type Yaml = typeof import("yaml");

async function yamlPackage(caller: string, what: string): Promise<Yaml> {
  try {
    return await import("yaml");
  } catch (cause) {
    throw new Error(`${caller}: ${what}s in YAML need the package yaml: npm install yaml`, { cause });
  }
}

const deepest = 100;
/** Values, those that aliases repeat counted each time. */
const mostValues = 1_000_000;

/**
 * @param text without a byte order mark
 * @param what the text is, in messages
 */
export async function readYaml(caller: string, text: string, what: string): Promise<Written> {
  const yaml = await yamlPackage(caller, what);
  const lines = new yaml.LineCounter();
  let document: Document.Parsed;
  try {
    document = yaml.parseDocument(text, { lineCounter: lines, intAsBigInt: true, prettyErrors: false, merge: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { data: null, problems: [{ line: 1, column: 1, message: "nested too deeply" }] };
  }
  const problems = [...document.errors, ...document.warnings].map(({ pos, code, message }) => ({
    ...placeAt(lines, pos[0]),
    message: inOurWords(code, message, what),
  }));
  if (problems.length > 0) return { data: null, problems };
  if (!document.contents) return { data: { value: null, at: { line: 1, column: 1 } }, problems };
  return converted(yaml, document, lines);
}

function inOurWords(code: string, message: string, what: string): string {
  if (code === "MULTIPLE_DOCS") return `a second document: a ${what} is one`;
  return /call stack/.test(message) ? "nested too deeply" : message.replace(/\s+/g, " ");
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

class Refused extends Error {
  readonly problem: TextProblem;
  constructor(place: Place, message: string) {
    super(message);
    this.problem = { ...place, message };
  }
}

/** `again`: it stands elsewhere, and an alias repeats it. */
type Convert = (node: Node | null, around: Place, depth: number, within: readonly Node[], again: boolean) => PlacedData;

function converted(yaml: Yaml, document: Document.Parsed, lines: LineCounter): Written {
  const problems: TextProblem[] = [];
  // As they come: a name may be given again, and means the last one before an alias.
  const anchors = new Map<string, Node>();
  let values = 0;
  const at = (node: Node | null | undefined): Place => placeAt(lines, node?.range?.[0] ?? 0);

  const convert: Convert = (node, around, depth, within, again) => {
    const place = node ? at(node) : around;
    if (depth > deepest) throw new Refused(place, `nested deeper than ${deepest} levels`);
    if (++values > mostValues) throw new Refused(place, "aliases make this too large");
    if (node === null) return { value: null, at: place };
    if (yaml.isAlias(node)) {
      const repeated = convert(target(node, place, within), place, depth + 1, within, true);
      return { ...repeated, at: place };
    }
    if (!again && "anchor" in node && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (yaml.isMap(node)) return map(node.items as Pair<Node, Node | null>[], place, depth, [...within, node], again);
    if (yaml.isSeq(node)) {
      const items = node.items.map((item) => convert(item as Node, place, depth + 1, [...within, node], again));
      return { value: items.map(({ value }) => value), at: place, items };
    }
    return { value: scalar(node as Scalar, place), at: place };
  };

  const target = (alias: Alias, place: Place, within: readonly Node[]): Node => {
    const found = anchors.get(alias.source);
    if (!found) throw new Refused(place, `there is no anchor ${alias.source}`);
    if (within.includes(found)) throw new Refused(place, `the anchor ${alias.source} contains itself`);
    return found;
  };

  const scalar = ({ value, source = "" }: Scalar, place: Place): unknown => {
    if (typeof value === "bigint") return exactNumber(Number(value), String(value));
    if (typeof value === "number" && !Number.isFinite(value)) throw new Refused(place, `${source} is no finite number`);
    return value;
  };

  const map = (
    pairs: readonly Pair<Node, Node | null>[],
    place: Place,
    depth: number,
    within: readonly Node[],
    again: boolean,
  ) => {
    const entries = new Map<string, { readonly at: Place; readonly data: PlacedData }>();
    for (const { key, value } of pairs) {
      const own = yaml.isAlias(key) ? target(key, at(key), within) : key;
      if (!yaml.isScalar(own)) throw new Refused(at(key), "a key must be text");
      // As it is written: 1e3 and no are names of columns.
      const name = typeof own.value === "string" ? own.value : (own.source ?? "");
      if (entries.has(name)) problems.push({ ...at(key), message: `the key ${JSON.stringify(name)} is there already` });
      entries.set(name, { at: at(key), data: convert(value, at(key), depth + 1, within, again) });
    }
    return { value: objectOf([...entries].map(([key, { data }]) => [key, data.value])), at: place, entries };
  };

  try {
    const data = convert(document.contents as Node, { line: 1, column: 1 }, 0, [], false);
    return { data, problems };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { data: null, problems: [...problems, error.problem] };
  }
}
