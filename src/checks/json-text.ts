/** JSON with the places of its values: `JSON.parse` does not tell them. */
import { exactNumber, linesOf, objectOf, type PlacedData, type TextProblem, type Written } from "./placed-data.js";

const deepest = 100;

class NotJson extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** @param text without a byte order mark */
export function readJson(text: string): Written {
  const place = linesOf(text);
  const problems: TextProblem[] = [];
  let offset = 0;

  const skip = (): void => {
    while (offset < text.length && " \t\r\n".includes(text[offset]!)) offset++;
  };
  const fail = (wanted: string): never => {
    const found = offset < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(offset)!)) : "the end";
    throw new NotJson(offset, `expected ${wanted}, found ${found}`);
  };
  const take = (sign: string): boolean => {
    skip();
    if (text[offset] !== sign) return false;
    offset++;
    return true;
  };
  const matched = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text);
    if (!found) return null;
    offset += found[0].length;
    return found[0];
  };

  const value = (depth: number): PlacedData => {
    skip();
    const at = place(offset);
    if (depth > deepest) throw new NotJson(offset, `nested deeper than ${deepest} levels`);
    if (take("{")) return { ...object(depth), at };
    if (take("[")) return { ...list(depth), at };
    if (text[offset] === '"') return { value: string(), at };
    const number = matched(numbers);
    if (number !== null) {
      const found = Number(number);
      if (!Number.isFinite(found)) throw new NotJson(offset - number.length, `${number} is too large`);
      return { value: exactNumber(found, number), at };
    }
    const word = matched(words);
    return word === null ? fail("a value") : { value: JSON.parse(word), at };
  };

  const string = (): string => {
    const start = offset;
    const found = matched(strings) ?? fail("text in double quotes that ends on the same line");
    try {
      return JSON.parse(found) as string;
    } catch {
      throw new NotJson(start, "text with a character or an escape that JSON does not have");
    }
  };

  const object = (depth: number) => {
    const entries = new Map<string, { readonly at: PlacedData["at"]; readonly data: PlacedData }>();
    if (!take("}")) {
      do {
        skip();
        const at = place(offset);
        const key = text[offset] === '"' ? string() : fail("a key in double quotes");
        if (entries.has(key)) problems.push({ ...at, message: `the key ${JSON.stringify(key)} is there already` });
        if (!take(":")) fail('":"');
        entries.set(key, { at, data: value(depth + 1) });
      } while (take(","));
      if (!take("}")) fail('"," or "}"');
    }
    return { value: objectOf([...entries].map(([key, { data }]) => [key, data.value])), entries };
  };

  const list = (depth: number) => {
    const items: PlacedData[] = [];
    if (!take("]")) {
      do items.push(value(depth + 1));
      while (take(","));
      if (!take("]")) fail('"," or "]"');
    }
    return { value: items.map((item) => item.value), items };
  };

  try {
    const data = value(0);
    skip();
    if (offset < text.length) fail("the end");
    return { data, problems };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { data: null, problems: [...problems, { ...place(error.offset), message: error.message }] };
  }
}

const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words = /(?:true|false|null)\b/y;
const strings = /"(?:[^"\\\n]+|\\.)*"/y;
