import { compare, conceptDrift, domainClassifier, prepare } from "smirnov";
import { describe, expect, it } from "vitest";
import { renderText } from "../../dist/render/text.js";
import { randomFrom, sample } from "../statistics/samples.js";

interface World {
  /** How far price and city moved. */
  readonly shift?: number;
  /** How much more y is for the same features, and how much more the model says. */
  readonly more?: number;
  readonly model?: number;
  readonly labelled?: number;
}

/** y is 2 · price + 1 in one city, plus noise; the model knows that. */
function world(rows: number, seed: number, { shift = 0, more = 0, model = 0, labelled = 1 }: World = {}) {
  const [a, size, noise] = [0, 1, 2].map((k) => sample("normal", rows, 10 * seed + k)) as Float64Array[];
  const random = randomFrom(seed);
  const price = a!.map((x) => x + shift);
  const city = Array.from(price, () => (random() < 0.3 + shift / 4 ? "Rome" : random() < 0.5 ? "Oslo" : "Lima"));
  const said = price.map((x, k) => 2 * x + (city[k] === "Rome" ? 1 : 0));
  const y = Array.from(said, (x, k) => (random() < labelled ? x + more + noise![k]! : null));
  return { price, size: size!, city, yhat: said.map((x) => x + model), y };
}

const roles = { target: "y", prediction: "yhat" };

const worlds: [string, World, readonly string[]][] = [
  ["nothing moves", {}, []],
  [
    "only the features move, and the target with them",
    { shift: 0.6 },
    ["data-drift", "target-drift", "prediction-drift"],
  ],
  ["only what features say of the target", { more: 0.7 }, ["concept-drift"]],
  ["both", { shift: 0.6, more: 0.7 }, ["data-drift", "target-drift", "prediction-drift", "concept-drift"]],
  ["the model is another", { model: 0.7 }, ["prediction-drift"]],
];

describe("kind of change", () => {
  it.each(worlds)("is told where %s", async (_, moved, expected) => {
    let right = 0;
    for (let seed = 1; seed <= 3; seed++) {
      const report = await compare(world(1000, seed), world(500, 100 + seed, moved), roles);
      const { kinds } = report.kindOfChange!;
      // A concept that changed is also seen in the target by itself, or not, as chance has it.
      const seen = kinds.filter((kind) => moved.shift || kind !== "target-drift");
      right += Number(seen.join() === expected.join());
    }
    expect(right).toBeGreaterThanOrEqual(2);
  });

  it("says it in words: data drift", async () => {
    const { kindOfChange } = await compare(world(1000, 1), world(800, 2, { shift: 0.6 }), roles);
    expect(kindOfChange!.words).toBe(
      "The features changed (price, city); the target y follows from them: data drift, not concept drift. " +
        "The predictions yhat changed as follows from the features.",
    );
    expect(kindOfChange).toMatchObject({
      features: { names: ["price", "size", "city"], drifted: ["price", "city"] },
      target: { column: "y", drifted: true },
      prediction: { column: "yhat", drifted: true },
      concept: { column: "y", status: "ok", drifted: false, severity: "none", threshold: 0.1 },
      model: { column: "yhat", status: "ok", drifted: false },
      start: null,
    });
  });

  it("says it in words: concept drift, with what conceptDrift found", async () => {
    const [before, after] = [world(1000, 1), world(800, 2, { more: 0.7 })];
    const { kindOfChange } = await compare(before, after, { target: "y", features: ["price", "size", "city"] });
    expect(kindOfChange!.words).toMatch(
      /^The features are as they were; the target y depends on them in another way: for rows with the same features y is 0\.\d+ higher on average: concept drift\.$/,
    );
    const found = await conceptDrift(before, after, { target: "y", features: ["price", "size", "city"] });
    const { concept, prediction, model } = kindOfChange!;
    expect(concept).toMatchObject({
      pValue: found.pValue,
      adjustedPValue: found.pValue,
      effect: found.effect,
      explained: found.explained,
      overlap: found.overlap,
      rows: { reference: 1000, current: 800 },
      severity: "drift",
    });
    expect(concept!.aspects).toEqual(found.aspects);
    expect([prediction, model]).toEqual([null, null]);
  });

  it("says it in words: another model", async () => {
    const { kindOfChange } = await compare(world(1000, 1), world(800, 2, { model: -0.7 }), roles);
    expect(kindOfChange!.kinds).toEqual(["prediction-drift"]);
    expect(kindOfChange!.words).toMatch(
      /^The features are as they were; so is the target y\. For rows with the same features yhat is 0\.\d+ lower on average: the model itself changed\.$/,
    );
  });

  it("tells classes by name", async () => {
    const [before, after] = [world(1000, 1), world(800, 2, { more: 1 })].map((one) => ({
      price: one.price,
      sold: one.y.map((value) => (value! > 1.5 ? "yes" : "no")),
    }));
    const { kindOfChange } = await compare(before!, after!, { target: "sold" });
    expect(kindOfChange!.kinds).toContain("concept-drift");
    expect(kindOfChange!.words).toMatch(
      /with the same features sold = yes is \d+(\.\d)? points more frequent on average/,
    );
  });

  it("says that labels are missing, and what may help", async () => {
    const [before, after] = [world(1000, 1), world(800, 2, { shift: 0.6, labelled: 0 })];
    const { y: _, ...without } = after;
    for (const current of [after, without]) {
      const { kindOfChange } = await compare(before, current, roles);
      expect(kindOfChange!.concept).toMatchObject({ status: "unknown", pValue: null, drifted: false });
      expect(kindOfChange!.target).toEqual({ column: "y", drifted: false });
      expect(kindOfChange!.kinds).toEqual(["data-drift", "prediction-drift"]);
      expect(kindOfChange!.words).toContain(
        "(price, city); whether the target y depends on them as it did cannot be told",
      );
      expect(kindOfChange!.words).toContain("not known yet. Until then estimateClassification and estimateLoss");
    }
    const few = await compare(before, world(800, 2, { labelled: 0.02 }), roles);
    expect(few.kindOfChange!.concept).toMatchObject({ status: "few" });
    expect(few.kindOfChange!.words).toContain("too few rows have a value");
  });

  it("has a status where it cannot be told", async () => {
    const before = world(600, 1);
    const texts = { ...world(600, 2), y: world(600, 2).y.map(String) };
    const changed = await compare(before, texts, { target: "y" });
    expect(changed.kindOfChange!.concept).toMatchObject({ status: "type-changed", drifted: false });
    const far = await compare(before, world(600, 2, { shift: 8 }), { target: "y" });
    expect(far.kindOfChange!.concept).toMatchObject({ status: "no-overlap", drifted: false });
    expect(far.kindOfChange!.words).toContain("hardly any current row is like one of the reference");
  });

  it("tells domain shift: the difference was there when serving started", async () => {
    const [before, start, after] = [
      world(1000, 1),
      world(800, 3, { shift: 0.6 }),
      world(800, 2, { shift: 0.6 }),
    ] as const;
    const found = await compare(before, after, { ...roles, startOfServing: start });
    expect(found.kindOfChange!.kinds).toEqual(["domain-shift", "target-drift", "prediction-drift"]);
    expect(found.kindOfChange!.start).toEqual({ differed: ["price", "city"], since: [] });
    expect(found.kindOfChange!.words).toContain(
      "since serving started (price, city): domain shift; the target y follows",
    );
    const later = await compare(before, after, { ...roles, startOfServing: world(800, 4) });
    expect(later.kindOfChange!.kinds).toEqual(["data-drift", "target-drift", "prediction-drift"]);
    expect(later.kindOfChange!.start).toEqual({ differed: [], since: ["price", "city"] });
  });

  it("raises no more false alarms than it says, features moved or not", async () => {
    let alarms = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const shift = seed % 2 === 0 ? 0.6 : 0;
      const { kindOfChange, joint, falseAlarms } = await compare(world(300, seed), world(200, 100 + seed, { shift }), {
        ...roles,
        joint: shift === 0,
      });
      expect(falseAlarms.perComparison).toBeCloseTo(0.01, 12);
      alarms += Number(kindOfChange!.concept!.drifted || kindOfChange!.model!.drifted || (joint?.drifted ?? false));
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });
});

describe("all features together", () => {
  const pair = (rows: number, seed: number, r: number) => {
    const [a, b, c] = [0, 1, 2].map((k) => sample("normal", rows, 10 * seed + k)) as Float64Array[];
    return { a: a!, b: a!.map((x, k) => r * x + Math.sqrt(1 - r * r) * b![k]!), y: c! };
  };

  it("tell what no column does by itself", async () => {
    const [before, after] = [pair(1000, 1, 0), pair(800, 3, 0.7)];
    const report = await compare(before, after, { target: "y", joint: true });
    const { auc, pValue, importances } = await domainClassifier(before, after, { columns: ["a", "b"] });
    expect(report.joint).toMatchObject({ auc, pValue, importances, threshold: 0.55, drifted: true, severity: "drift" });
    expect(report.kindOfChange).toMatchObject({ kinds: ["data-drift"], features: { drifted: [] } });
    expect(report.kindOfChange!.words).toContain(
      "No feature changed much by itself, but all together did (most of all a, b)",
    );
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    const text = renderText(report, { width: 80 });
    expect(text).toContain("\nKind of change: data drift. No feature changed much by itself");
    expect(text).toContain("\nAll features together: drift. Area under the curve 0.");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("are looked at without roles too; then there is no kind of change", async () => {
    const report = await compare(pair(300, 1, 0), pair(300, 3, 0), { joint: true });
    expect(report.joint).toMatchObject({ status: "ok", drifted: false });
    expect(report.joint!.importances.map(({ column }) => column).sort()).toEqual(["a", "b", "y"]);
    expect(report.kindOfChange).toBeUndefined();
    const few = await compare(pair(15, 1, 0), pair(15, 3, 0), { joint: true });
    expect(few.joint).toMatchObject({ status: "few", auc: null, drifted: false });
    expect(renderText(few)).toContain("All features together: not judged, too few rows.");
  });

  it("change nothing in the columns' verdicts", async () => {
    const [before, after] = [pair(300, 1, 0), pair(300, 3, 0)];
    const { joint: _, kindOfChange, falseAlarms, ...rest } = await compare(before, after, { joint: true, target: "y" });
    const { falseAlarms: own, ...plain } = await compare(before, after);
    expect(rest).toEqual(plain);
    expect(kindOfChange!.kinds).toEqual([]);
    expect([own.perComparison, falseAlarms.perComparison]).toEqual([0.005, 0.01]);
    expect(falseAlarms.reason).toBe(
      "at most 1 % of comparisons of unchanged tables call any column drifted, or anything else that was asked for",
    );
  });
});

describe("roles", () => {
  const [before, after] = [world(60, 1), world(60, 2)];
  const refused = (options: object, reference: object = before) =>
    expect(compare(reference as typeof before, after, options)).rejects;

  it("are names of columns that are compared, each with one role", async () => {
    await refused({ target: 3 }).toThrow("compare: target must be a column's name, got 3");
    await refused({ target: "z" }).toThrow('compare: target names "z", which is not among the columns compared');
    await refused({ columns: ["price"], target: "y" }).toThrow('compare: target names "y", which is not among');
    await refused({ target: "y", prediction: "y" }).toThrow('must be two columns, got "y" for both');
    await refused({ target: "y", features: ["y"] }).toThrow('compare: "y" is a feature and has another role too');
    await refused({ target: "y", features: "price" }).toThrow("compare: features must be an array of names");
    await refused({ target: "y", features: ["z"] }).toThrow('compare: features names "z"');
    await refused({ features: ["price"] }).toThrow("and none was given");
    await refused({ startOfServing: before }).toThrow("compare: startOfServing needs a target or a prediction");
    await refused({ target: "y", startOfServing: 5 }).toThrow(TypeError);
    await refused({ joint: 1 }).toThrow("compare: joint must be true or false, got 1");
    const dated = { ...before, y: before.y.map(() => new Date(0)) };
    await refused({ target: "y" }, dated).toThrow('compare: target "y" must hold numbers, truth values or text, got');
  });

  it("need rows, and independent ones", async () => {
    for (const options of [{ target: "y" }, { prediction: "yhat" }, { joint: true }, { features: ["price"] }]) {
      const [name] = Object.keys(options);
      await refused(options, prepare(before)).toThrow(
        `compare: ${name} needs the rows of the reference, got a prepared`,
      );
    }
    for (const options of [{ blocks: 5 }, { clusterBy: "city" }, { pairBy: "price" }]) {
      await refused({ target: "y", ...options }).toThrow("compare: roles and joint take rows to be independent");
    }
    await refused({ preset: "evidently", target: "y" }).toThrow(RangeError);
  });
});
