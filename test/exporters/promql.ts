/**
 * PromQL, read to find out which labels the series of an expression have: a metric that there is not, a label that its
 * metric does not have, and sides of an operator that never match are errors. Prometheus itself only says that there is
 * no such data.
 */
import { type Token, tokensOf } from "./promql-tokens.ts";

/** Labels of the series; `null`: one number without any. */
export type Shape = ReadonlySet<string> | null;

/** Labels of a metric by its name, suffixes of histograms included. @returns undefined for one that there is not */
export type LabelsOf = (metric: string) => readonly string[] | undefined;

const aggregations = ["sum", "min", "max", "avg", "count", "group", "stddev", "stdvar"];
const aggregationsOfK = ["topk", "bottomk", "quantile", "limitk"];
/** Of ranges; they keep labels. */
const rangeFunctions = [
  ...["rate", "irate", "increase", "delta", "deriv", "predict_linear", "changes", "resets"],
  ...["avg", "min", "max", "sum", "count", "last", "quantile", "stddev"].map((name) => `${name}_over_time`),
];
const numberFunctions = [
  "abs",
  "ceil",
  "floor",
  "round",
  "clamp",
  "clamp_min",
  "clamp_max",
  "ln",
  "log2",
  "exp",
  "sort",
];
const levels: readonly (readonly string[])[] = [
  ["or"],
  ["and", "unless"],
  ["==", "!=", "<=", "<", ">=", ">"],
  ["+", "-"],
  ["*", "/", "%"],
  ["^"],
];

/** @throws Error that says what is wrong, in which expression */
export function shapeOf(expression: string, labelsOf: LabelsOf): Shape {
  const tokens = tokensOf(expression);
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what}, in ${expression}`);
  };
  const peek = (offset = 0): Token => tokens[at + offset] ?? { kind: "end", text: "the end" };
  const next = (): Token => {
    const token = peek();
    at++;
    return token;
  };
  const is = (text: string, offset = 0) => peek(offset).kind !== "string" && peek(offset).text === text;
  const skip = (text: string) => is(text) && next() !== undefined;
  const expect = (text: string) => {
    if (!skip(text)) fail(`${peek().text} where ${text} should be`);
  };
  const nameNext = (): string => {
    const { kind, text } = next();
    return kind === "name" ? text : fail(`${text} where a name should be`);
  };
  const list = (): string[] => {
    const names: string[] = [];
    expect("(");
    while (!is(")")) {
      names.push(nameNext());
      if (!skip(",")) break;
    }
    expect(")");
    return names;
  };
  const among = (names: readonly string[], shape: Shape, what: string) => {
    for (const name of names) if (!shape?.has(name)) fail(`${what} ${name}, which is not among the labels`);
  };

  function binary(level: number): Shape {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    while (peek().kind !== "string" && operators.includes(peek().text)) {
      const operator = next().text;
      skip("bool");
      const matching = is("on") || is("ignoring") ? { by: next().text, names: list() } : null;
      const group = is("group_left") || is("group_right") ? { side: next().text, names: is("(") ? list() : [] } : null;
      left = joined(operator, left, matching, group, binary(level + 1));
    }
    return left;
  }

  function joined(
    operator: string,
    left: Shape,
    matching: { readonly by: string; readonly names: readonly string[] } | null,
    group: { readonly side: string; readonly names: readonly string[] } | null,
    right: Shape,
  ): Shape {
    if (left === null || right === null) {
      // `… or vector(0)`, whose series has no labels.
      if (matching) fail(`${matching.by} beside a number`);
      return left ?? right;
    }
    if (operator === "or") return new Set([...left, ...right]);
    const own = (side: ReadonlySet<string>) =>
      [...side].filter((name) =>
        matching?.by === "on" ? matching.names.includes(name) : !matching?.names.includes(name),
      );
    if (matching?.by === "on") {
      for (const side of [left, right]) among(matching.names, side, "matches on");
    } else {
      for (const name of matching?.names ?? []) if (!left.has(name) && !right.has(name)) fail(`ignores ${name}`);
    }
    const [one, other] = [own(left).sort().join(", "), own(right).sort().join(", ")];
    if (one !== other) fail(`sides of ${operator} never match: ${one} against ${other}`);
    if (["and", "unless"].includes(operator)) return left;
    if (group) return new Set([...(group.side === "group_left" ? left : right), ...group.names]);
    return levels[2]!.includes(operator) ? left : new Set(own(left));
  }

  function unary(): Shape {
    skip("-") || skip("+");
    let shape = primary();
    for (;;) {
      if (skip("[")) {
        if (next().kind !== "duration") fail("a range without a duration");
        if (skip(":") && peek().kind === "duration") next();
        expect("]");
      } else if (skip("offset")) {
        skip("-");
        if (next().kind !== "duration") fail("an offset without a duration");
      } else return shape;
      if (shape === null) shape = fail("a range of a number");
    }
  }

  function primary(): Shape {
    if (skip("(")) {
      const inside = binary(0);
      expect(")");
      return inside;
    }
    const token = next();
    if (token.kind === "number" || token.kind === "string") return null;
    if (token.kind !== "name") fail(`${token.text} where an expression should be`);
    const { text } = token;
    if (aggregations.includes(text) || aggregationsOfK.includes(text)) return aggregation(text);
    return is("(") ? call(text) : selector(text);
  }

  function aggregation(name: string): Shape {
    const grouping = () => (is("by") || is("without") ? { by: next().text, names: list() } : null);
    const before = grouping();
    const given = values();
    const { by, names } = before ?? grouping() ?? { by: "", names: [] };
    const shape = given.at(-1) ?? fail(`${name} of a number`);
    among(names, shape, by);
    if (given.length !== (aggregationsOfK.includes(name) ? 2 : 1)) fail(`${given.length} arguments of ${name}`);
    if (name === "topk" || name === "bottomk" || name === "limitk") return shape;
    return new Set(by === "without" ? [...shape].filter((label) => !names.includes(label)) : names);
  }

  function values(): Shape[] {
    const found: Shape[] = [];
    expect("(");
    while (!is(")")) {
      found.push(binary(0));
      if (!skip(",")) break;
    }
    expect(")");
    return found;
  }

  function call(name: string): Shape {
    const given = values();
    const series = given.find((shape) => shape !== null) ?? null;
    if (name === "time" || name === "vector" || name === "scalar") return null;
    if (series === null) return fail(`${name} of no series`);
    if (name === "absent" || name === "absent_over_time") return new Set(["job"]);
    if (name === "histogram_quantile") {
      among(["le"], series, "needs");
      return new Set([...series].filter((label) => label !== "le"));
    }
    if (rangeFunctions.includes(name) || numberFunctions.includes(name)) return series;
    return fail(`a function ${name}`);
  }

  function selector(name: string): Shape {
    const labels = labelsOf(name) ?? fail(`a metric ${name}, which is not exported`);
    const shape = new Set([...labels, "instance", "job"]);
    if (!skip("{")) return shape;
    while (!is("}")) {
      const label = nameNext();
      among([label], shape, "selects by");
      if (!["=", "!=", "=~", "!~"].includes(next().text)) fail(`${label} without an operator`);
      if (next().kind !== "string") fail(`${label} without a text`);
      if (!skip(",")) break;
    }
    expect("}");
    return shape;
  }

  const shape = binary(0);
  if (peek().kind !== "end") fail(`${peek().text} behind the expression`);
  return shape;
}
