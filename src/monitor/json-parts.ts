/** Where the parts of a JSON text lie that is known to be valid: numbers as they were written, not as a double has them. */

/** Goes past a value. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at) - 1;
        if (depth === 0) return at + 1;
        break;
      case "{":
      case "[":
        depth++;
        break;
      case "}":
      case "]":
        if (depth === 0) return at;
        depth--;
        if (depth === 0) return at + 1;
        break;
      case ",":
      case ":":
        if (depth === 0) return at;
        break;
    }
  }
  return text.length;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

const blank = /\s*/y;

function pastBlank(text: string, from: number): number {
  blank.lastIndex = from;
  blank.test(text);
  return blank.lastIndex;
}

/** The elements of an array, as they were written. */
export function elementsOf(text: string): string[] {
  const elements: string[] = [];
  let at = pastBlank(text, text.indexOf("[") + 1);
  while (text[at] !== "]") {
    const end = endOfValue(text, at);
    elements.push(text.slice(at, end).trimEnd());
    at = pastBlank(text, end);
    if (text[at] === ",") at = pastBlank(text, at + 1);
  }
  return elements;
}

/** The members of an object, as they were written; of several of one name the last. */
export function membersOf(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let at = pastBlank(text, text.indexOf("{") + 1);
  while (text[at] !== "}") {
    const end = endOfString(text, at);
    const name: string = JSON.parse(text.slice(at, end));
    const from = pastBlank(text, pastBlank(text, end) + 1);
    const to = endOfValue(text, from);
    members.set(name, text.slice(from, to).trimEnd());
    at = pastBlank(text, to);
    if (text[at] === ",") at = pastBlank(text, at + 1);
  }
  return members;
}
