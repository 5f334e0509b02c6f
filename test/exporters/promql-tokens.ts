/** Words and signs of PromQL. */

export interface Token {
  readonly kind: "name" | "number" | "duration" | "string" | "sign" | "end";
  readonly text: string;
}

const patterns: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /\s+|#.*/y],
  ["string", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
  ["duration", /(?:\d+(?:ms|[smhdwy]))+(?!\w)/y],
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\w)/y],
  ["name", /[a-zA-Z_][a-zA-Z0-9_]*/y],
  ["sign", /=~|!~|==|!=|<=|>=|[-+*/%^=<>(){}[\],:@]/y],
];

/** @throws Error for what is none */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length; ) {
    const found = patterns.flatMap(([kind, pattern]) => {
      pattern.lastIndex = at;
      const match = pattern.exec(expression);
      return match ? [[kind, match[0]] as const] : [];
    })[0];
    if (!found) throw new Error(`no PromQL at ${expression.slice(at, at + 20)}, in ${expression}`);
    const [kind, text] = found;
    if (kind !== "space") tokens.push({ kind, text });
    at += text.length;
  }
  return tokens;
}
