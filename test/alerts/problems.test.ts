/** Rules and actions that are not as they should be: all of what is wrong is told, with what to write instead. */
import fc from "fast-check";
import { type AlertOptions, alertProblems, alerts } from "smirnov/alerts";
import { describe, expect, it } from "vitest";

const good = { name: "rule", when: { metric: "drifted", eq: true } };

/** `path: message` of all problems of one rule. */
const ofRule = (changes: object, actions: object = {}) =>
  alertProblems({ rules: [{ ...good, ...changes }], actions }).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
const ofWhen = (when: unknown) => ofRule({ when }).map((text) => text.replace(/^rules\.0\.when\.?/, ""));
const ofAction = (action: object) =>
  alertProblems({ rules: [], actions: { one: action } }).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("rules", () => {
  it("that are right have no problems", () => {
    for (const when of [
      { metric: "drifted", eq: true },
      { metric: "missingShare", column: "*", gt: 0.2, clear: 0.1 },
      { metric: "rows", lt: 1 },
      { metric: "rows", side: "reference", lt: 1 },
      { metric: "status", in: ["empty", "failed"] },
      { metric: "status", column: "*", notEq: "ok" },
      { metric: "kind", column: "*", eq: "gradual" },
      { metric: "f1", of: "yes", lt: 0.8, clear: 0.85 },
      { metric: "ndcg@10", lt: 0.5 },
      { metric: "series.my.latency.q95", gt: 100 },
      { metric: "max", column: "country", eq: "z" },
      { metric: "drifted", segment: "country=DE", eq: true },
    ]) {
      expect(ofWhen(when)).toEqual([]);
    }
    expect(ofRule({ for: 3, clearFor: "2h", coolDown: "1d", repeat: 60_000, severity: "critical" })).toEqual([]);
  });

  it("are told what a metric's name may have been, and where it is", () => {
    expect(ofWhen({ metric: "missingshare", gt: 0.1 })).toEqual([
      'metric: unknown metric "missingshare"; did you mean "missingShare"?',
    ]);
    expect(ofWhen({ metric: "lateshare", gt: 0.1 })).toEqual([
      'metric: unknown metric "lateshare"; did you mean "lateShare"?',
    ]);
    expect(ofWhen({ metric: "zzzzzzzzzz", gt: 0 })).toEqual([
      'metric: unknown metric "zzzzzzzzzz"; docs/metrics.md and docs/alerts.md list all',
    ]);
    expect(ofWhen({ metric: "effect", gt: 0.1 })).toEqual([': effect is one of columns: name one, or "*" for each']);
    expect(ofWhen({ metric: "kind", eq: "gradual" })).toEqual([': kind is one of columns: name one, or "*" for each']);
    expect(ofWhen({ metric: "driftedShare", column: "a", gt: 0.1 })).toEqual([
      "column: driftedShare is not one of columns: leave column out",
    ]);
    expect(ofWhen({ metric: "series.x.q96", gt: 1 })).toEqual(['metric: a series has no "q96"; did you mean "q95"?']);
    expect(ofWhen({ metric: "driftedShare", side: "current", gt: 0.1 })).toEqual([
      "side: driftedShare is of both sides together: leave side out",
    ]);
    expect(
      ofWhen([
        { metric: "rows", lt: 1 },
        { metric: "drifted", eq: 1 },
      ]),
    ).toEqual(["1.eq: drifted is true or false, which 1 is not"]);
  });

  it("are told of limits that no value can be held against", () => {
    expect(ofWhen({ metric: "drifted" })).toEqual([": a condition needs one of gt, gte, lt, lte, eq, notEq, in"]);
    expect(ofWhen({ metric: "drifted", gt: 0 })).toEqual(["gt: gt needs a number, and drifted is true or false"]);
    expect(ofWhen({ metric: "driftedShare", gt: 20 })).toEqual([
      "gt: driftedShare is between 0 and 1, got 20; 5 % is 0.05",
    ]);
    expect(ofWhen({ metric: "lateShare", gt: "much" })).toEqual(['gt: lateShare is a number, which "much" is not']);
    expect(ofWhen({ metric: "kind", column: "*", in: ["temporal"] })).toEqual([
      'in: there is no kind "temporal"; did you mean "temporary"?',
    ]);
    expect(ofWhen({ metric: "status", eq: "ok" })).toEqual([
      'eq: there is no status "ok"; there are compared, empty, no-reference, failed',
    ]);
    expect(ofWhen({ metric: "rows", gt: 5, clear: 6 })).toEqual(["clear: clear must be at most the limit 5, got 6"]);
    expect(ofWhen({ metric: "rows", lt: 5, clear: 4 })).toEqual(["clear: clear must be at least the limit 5, got 4"]);
    expect(ofWhen({ metric: "rows", gt: 5, lt: 9, clear: 4 })).toEqual([
      "clear: clear needs a limit on one side: gt or gte, or lt or lte",
    ]);
    expect(ofWhen({ metric: "rows", eq: null })).toEqual(["eq: rows is a number, which null is not"]);
    expect(ofWhen({ metric: "rows", in: [] })).toEqual(["in: in must be a list"]);
  });

  it("are told of options that there are not, and that do not go together", () => {
    expect(ofRule({ cooldown: "1h" })).toEqual([
      'rules.0.cooldown: unknown option of a rule "cooldown"; did you mean "coolDown"?',
    ]);
    expect(ofRule({ for: 2, windows: { k: 1, n: 2 } })).toEqual([
      "rules.0.windows: a rule has for (windows in a row, or a time) or windows (k of n), not both",
    ]);
    expect(ofRule({ windows: { k: 3, n: 2 } })[0]).toContain("whole numbers with 1 ≤ k ≤ n ≤ 10000");
    expect(ofRule({ for: 0 })).toEqual([
      "rules.0.for: for must be a number of windows from 1 to 10000, or a time such as 15m, got 0",
    ]);
    expect(ofRule({ coolDown: "an hour" })).toEqual([
      "rules.0.coolDown: coolDown must be a positive time, such as 30s, 15m, 1h or 7d, got an hour",
    ]);
    expect(ofRule({ actions: ["slak"] }, { slack: { action: "webhook", url: "https://x.example" } })).toEqual([
      'rules.0.actions.0: there is no action "slak"; did you mean "slack"?',
    ]);
    expect(ofRule({ severity: "error" })[0]).toContain("one of info, warning, critical");
    expect(ofRule({ unlessKind: ["over"] })[0]).toContain("there are none, instantaneous");
    expect(ofRule({ when: [] })).toEqual(["rules.0.when: when must not be empty"]);
    const both = [
      { metric: "drifted", column: "*", eq: true },
      { metric: "series.*.q95", gt: 1 },
    ];
    expect(ofRule({ when: both })).toEqual([
      "rules.0.when: a rule is about each column or about each series, not about both",
    ]);
    expect(alertProblems({ rules: [good, good] })).toMatchObject([
      { path: ["rules", 1, "name"], message: 'there is a rule "rule" already' },
    ]);
  });
});

describe("actions", () => {
  it("are told what they need and take", () => {
    expect(ofAction({ action: "webook", url: "https://x.example" })).toEqual([
      'actions.one.action: unknown action "webook"; did you mean "webhook"?',
    ]);
    expect(ofAction({ action: "webhook" })).toEqual(["actions.one: webhook needs url"]);
    expect(ofAction({ action: "webhook", url: "ftp://x.example" })).toEqual([
      "actions.one.url: url must be an address that begins with http:// or https://",
    ]);
    expect(ofAction({ action: "webhook", url: "https://x.example", tokn: "x" })[0]).toContain(
      'unknown option of webhook "tokn"',
    );
    expect(ofAction({ action: "webhook", url: "https://x.example", headers: { "a b": "c" } })).toEqual([
      'actions.one.headers.a b: "a b" is no name of headers',
    ]);
    expect(ofAction({ action: "webhook", url: "https://x.example", headers: { a: "b\r\nc: d" } })[0]).toContain(
      "of one line",
    );
    expect(ofAction({ action: "alertmanager", url: "https://x.example", labels: { "a-b": "c" } })[0]).toContain(
      "no name of labels",
    );
    expect(ofAction({ action: "command", command: "rm -rf x" })).toEqual([
      "actions.one.command: command must be a list: the program, then its words",
    ]);
    expect(ofAction({ action: "retrain" })).toEqual([
      "actions.one: retrain needs url or command, or rebaseline: drifted-windows",
    ]);
    expect(ofAction({ action: "retrain", url: "https://x.example", command: ["x"] })).toEqual([
      "actions.one: retrain has url or command, not both",
    ]);
    expect(ofAction({ action: "retrain", rebaseline: "drifted-windows", retries: 0.5 })[0]).toContain(
      "retries must be a whole number",
    );
  });

  it("are never told their secrets", () => {
    const secrets = {
      secret: ["s3cr3t"],
      headers: { authorization: "t0k3n\n" },
      url: "https://user:passw0rd@x.example",
    };
    const told = JSON.stringify(alertProblems({ rules: [], actions: { one: { action: "webhook", ...secrets } } }));
    expect(told).not.toMatch(/s3cr3t|t0k3n|passw0rd/);
    expect(JSON.parse(told)).toHaveLength(3);
  });
});

describe("alerts", () => {
  it("throw one error with all problems", () => {
    const options = {
      rules: [{ ...good, for: 0, when: { metric: "drift", eq: true } }],
      actions: { one: { action: "x" } },
    };
    expect(() => alerts(options as never)).toThrow(RangeError);
    expect(() => alerts(options as never)).toThrow(
      /^alerts: actions\.one\.action: unknown action "x".*; rules\[0\]\.when\.metric: unknown metric "drift".*; rules\[0\]\.for: for must be/,
    );
    expect(() => alerts(null as never)).toThrow(TypeError);
    expect(() => alerts({} as never)).toThrow("rules must be a list, got undefined");
  });

  it("find problems or take what they are given, and never fail otherwise", () => {
    const any = fc.anything({ maxDepth: 3 });
    const rule = fc.record(
      {
        name: fc.oneof(fc.string(), any),
        when: fc.oneof(
          any,
          fc.record(
            {
              metric: fc.constantFrom("drifted", "rows", "kind", "series.x.q95", "__proto__"),
              eq: any,
              gt: any,
              column: any,
            },
            { requiredKeys: ["metric"] },
          ),
        ),
        for: any,
        windows: any,
        clearFor: any,
        coolDown: any,
        actions: any,
      },
      { requiredKeys: ["name", "when"] },
    );
    fc.assert(
      fc.property(fc.record({ rules: fc.oneof(any, fc.array(rule)), actions: any }), (options) => {
        const problems = alertProblems(options);
        if (problems.length === 0) alerts(options as AlertOptions);
        else expect(() => alerts(options as AlertOptions)).toThrow(RangeError);
      }),
      { numRuns: 500 },
    );
  });
});
