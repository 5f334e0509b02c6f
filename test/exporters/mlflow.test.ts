/** Windows in MLflow: within its limits, once, in order, and without holding anything up. */
import fc from "fast-check";
import { metricsOf } from "smirnov";
import { type MlflowOptions, mlflowExporter } from "smirnov/exporters";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyPart } from "../../dist/exporters/mlflow-entries.js";
import { type FakeMlflow, type LoggedRun, startFakeMlflow } from "./fake-mlflow.ts";
import { alertOf, driftedReport, minute, plainReport, windowOf } from "./results.ts";

const report = await driftedReport;
const plain = await plainReport;

let server: FakeMlflow;
const errors: string[] = [];
beforeEach(async () => {
  server = await startFakeMlflow();
  errors.length = 0;
});
afterEach(() => server.close());

const exporterOf = (more: Partial<MlflowOptions> = {}) =>
  mlflowExporter({
    url: `${server.url}/`,
    experiment: "drift",
    retryDelay: 5,
    onError: ({ message }) => errors.push(message),
    ...more,
  });
const only = (): LoggedRun => {
  expect(server.runs.size).toBe(1);
  return [...server.runs.values()][0]!;
};
const historyOf = (run: LoggedRun, key: string) => run.metrics.filter((one) => one.key === key);

describe("mlflowExporter", () => {
  it("sends no text that a database behind MLflow refuses, also where it cuts one", async () => {
    const exporter = exporterOf();
    const name = `\ud83d\0${"x".repeat(247)}😀`;
    const reason = `${"y".repeat(4_999)}😀`;
    exporter.window(windowOf(null, { dataset: name, model: null, status: "failed", reason }), []);
    await exporter.idle();
    const run = only();
    expect(run.run_name).toBe(`\ufffd\ufffd${"x".repeat(247)}\ufffd`);
    expect(run.params.get("dataset")).toBe(`\ufffd\ufffd${"x".repeat(247)}😀`);
    expect(run.tags.get("smirnov.reason")).toBe(`${"y".repeat(4_999)}\ufffd`);
  });

  it("logs a step for each window in a run of the dataset and its model", async () => {
    const exporter = exporterOf();
    for (const index of [0, 1, 2]) exporter.window(windowOf(report, { index }), index === 1 ? [alertOf()] : []);
    expect(exporter.waiting).toBe(3);
    await exporter.idle();
    expect(exporter.waiting).toBe(0);
    expect(errors).toEqual([]);
    expect([...server.experiments.keys()]).toEqual(["drift"]);
    const run = only();
    expect(run.run_name).toBe("orders, late-orders 7");
    expect(run.status).toBe("RUNNING");
    expect(Object.fromEntries(run.params)).toEqual({ dataset: "orders", model: "late-orders", modelVersion: "7" });
    const first = windowOf(report).end;
    expect(historyOf(run, "columns/price/pValue")).toEqual(
      [0, 1, 2].map((step) => ({
        ...{ key: "columns/price/pValue", value: report.columns.price!.pValue, step },
        timestamp: first + step * minute,
      })),
    );
    expect(historyOf(run, "rows").map(({ value }) => value)).toEqual([300, 300, 300]);
    expect(historyOf(run, "columns/price/score").map(({ value }) => value)).toEqual([3.25, 3.25, 3.25]);
    expect(historyOf(run, "columns/country/score")).toEqual([]);
    expect(historyOf(run, "series/latency/q95").map(({ value }) => value)).toEqual([44, 44, 44]);
    expect(historyOf(run, "model/coverage").map(({ value }) => value)).toEqual([0.9, 0.9, 0.9]);
    expect(historyOf(run, "drifted").map(({ value }) => value)).toEqual([1, 1, 1]);
    await exporter.close();
    expect(run.status).toBe("FINISHED");
  });

  it("logs numbers of the model, of segments and of columns as metricsOf names them", async () => {
    const exporter = exporterOf();
    exporter.window(windowOf(report, { modelQuality: null }), []);
    await exporter.idle();
    const run = only();
    const own = metricsOf(report);
    const numberOf = (metric: string, where: object) =>
      own.find(
        (one) => one.metric === metric && Object.entries(where).every(([name, value]) => one[name as "of"] === value),
      )?.value;
    const table = { segment: null, column: null, of: null };
    expect(historyOf(run, "model/accuracy")).toMatchObject([
      { value: numberOf("accuracy", { ...table, side: "current" }) },
    ]);
    expect(historyOf(run, "model/accuracyChange")).toMatchObject([{ value: numberOf("accuracyChange", table) }]);
    const german = `segments/${keyPart("country=DE")}`;
    expect(historyOf(run, `${german}/driftedShare`)).toMatchObject([
      { value: numberOf("driftedShare", { ...table, segment: "country=DE" }) },
    ]);
    expect(historyOf(run, `${german}/columns/price/effect`)).toHaveLength(1);
    expect(historyOf(run, "columns/amount/missingShare")).toMatchObject([
      { value: numberOf("missingShare", { segment: null, column: "amount", side: "current" }) },
    ]);
    const keys = run.metrics.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("logs only what is asked for, beside numbers of the window itself", async () => {
    const exporter = exporterOf({ metrics: ["effect"] });
    exporter.window(windowOf(plain, { scores: {}, series: {} }), []);
    await exporter.idle();
    const keys = only().metrics.map(({ key }) => key);
    const columns = Object.keys(plain.columns).map((name) => `columns/${name}/effect`);
    expect(keys.sort()).toEqual(["late", "rows", "seconds", ...columns].sort());
  });

  it("tags the run with the newest verdict", async () => {
    const exporter = exporterOf();
    exporter.window(windowOf(report), [alertOf()]);
    await exporter.idle();
    const { tags } = only();
    expect(tags.get("smirnov.drifted")).toBe("true");
    expect(tags.get("smirnov.window")).toBe("orders/2026-11-26T10:00:00.000Z/1");
    expect(tags.get("smirnov.driftedColumns")).toMatch(/^price, amount/);
    expect(tags.get("smirnov.kinds")).toBe("price: higher since window 12");
    expect(tags.get("smirnov.alert")).toBe("price drifted");
    exporter.window(windowOf(null, { index: 1 }), []);
    await exporter.idle();
    expect(tags.get("smirnov.status")).toBe("empty");
    expect(tags.get("smirnov.reason")).toBe("no row came");
  });

  it("goes on in the same run after a restart, and has one for each dataset and version", async () => {
    for (const index of [0, 1]) {
      const exporter = exporterOf();
      exporter.window(windowOf(plain, { index }), []);
      exporter.window(windowOf(plain, { index, model: { name: "late-orders", version: "8" } }), []);
      exporter.window(windowOf(plain, { index, model: null, dataset: "it's `odd`\n" }), []);
      await exporter.close();
    }
    expect(errors).toEqual([]);
    const runs = [...server.runs.values()];
    expect(runs.map(({ run_name }) => run_name)).toEqual([
      "orders, late-orders 7",
      "orders, late-orders 8",
      "it's `odd`\n",
    ]);
    for (const run of runs) expect(historyOf(run, "rows").map(({ step }) => step)).toEqual([0, 1]);
  });

  it("stays within MLflow's limits, with thousands of columns of any name", async () => {
    const exporter = exporterOf({ maximumWaiting: 1_000_000 });
    const names = Array.from({ length: 1_500 }, (_, index) => `c${index}`);
    const columns = Object.fromEntries(names.map((name) => [name, report.columns.price!]));
    exporter.window(windowOf({ ...plain, columns }), []);
    await exporter.idle();
    expect(errors).toEqual([]);
    expect(only().metrics.length).toBeGreaterThan(1_500 * 7);
    expect(server.asked.filter(({ path }) => path === "runs/log-batch").length).toBeGreaterThan(10);
    expect(only().tags.get("smirnov.driftedColumns")!.length).toBe(5_000);
  });

  it("keeps names of columns apart, whatever they are", async () => {
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.constantFrom("", ".", "..", "...", "/", "../x", "a/b", "a_b", "a:b", "a//b", "ä", "\ud83d", "x ", " x"),
      fc.integer({ min: 50, max: 9_000 }).map((length) => "x".repeat(length)),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), async (names) => {
        const columns = Object.fromEntries(names.map((one) => [one, report.columns.price!]));
        const exporter = exporterOf({ experiment: `e${server.runs.size}` });
        exporter.window(windowOf({ ...plain, columns }, { dataset: names[0]! }), []);
        await exporter.close();
        expect(errors).toEqual([]);
        const keys = [...server.runs.values()].at(-1)!.metrics.map(({ key }) => key);
        expect(new Set(keys.filter((key) => key.endsWith("/pValue"))).size).toBe(names.length);
        expect(keyPart(names[0]!)).not.toContain("/");
      }),
      { numRuns: 60 },
    );
  });

  it("sends its token and further headers", async () => {
    const exporter = exporterOf({ token: "s3cret", headers: { "x-team": "data" } });
    exporter.window(windowOf(plain), []);
    await exporter.idle();
    for (const { headers } of server.asked) {
      expect(headers).toMatchObject({ authorization: "Bearer s3cret", "x-team": "data" });
    }
  });
});

describe("a tracking server in trouble", () => {
  it("is asked again, later each time, while it is busy, down or silent", async () => {
    server.trouble.push({ status: 503 }, { status: 500 }, "cut", { status: 429 }, "silent");
    const exporter = exporterOf({ timeout: 200 });
    exporter.window(windowOf(plain), []);
    expect([exporter.waiting, server.asked]).toEqual([1, []]);
    await exporter.idle();
    expect(errors).toEqual([]);
    expect(only().metrics.length).toBeGreaterThan(10);
    const [one, two, three, four, five] = server.asked.map(({ at }) => at) as [number, number, number, number, number];
    expect(five - four).toBeGreaterThanOrEqual(20 - 2);
    expect(two - one).toBeGreaterThanOrEqual(2);
    expect(three).toBeGreaterThan(two);
  });

  it("is given the time that it asks for", async () => {
    server.trouble.push({ status: 429, headers: { "retry-after": "1" } });
    const exporter = exporterOf();
    exporter.window(windowOf(plain), []);
    await exporter.idle();
    expect(server.asked[1]!.at - server.asked[0]!.at).toBeGreaterThan(950);
  });

  it("that repeats the token does not get it into messages, nor all that it says", async () => {
    const exporter = exporterOf({ token: "t0k3n" });
    const message = `no t0k3n, no Bearer t0k3n ${"x".repeat(1_000)}`;
    server.trouble.push({ status: 403, body: JSON.stringify({ error_code: "PERMISSION_DENIED", message }) });
    exporter.window(windowOf(plain), []);
    await exporter.idle();
    expect(errors[0]).toMatch(/ was answered with 403: no \*\*\*, no \*\*\* x{485}$/);
  });

  it("that refuses a window is not asked for it again, and the next is logged", async () => {
    const exporter = exporterOf();
    exporter.window(windowOf(plain), []);
    await exporter.idle();
    server.trouble.push({ status: 403 });
    exporter.window(windowOf(plain, { index: 1 }), []);
    exporter.window(windowOf(plain, { index: 2 }), []);
    await exporter.idle();
    expect(errors).toEqual([
      "mlflowExporter: orders/2026-11-26T10:01:00.000Z/1 was not logged: mlflowExporter: runs/log-batch was answered with 403: ",
    ]);
    expect(historyOf(only(), "rows").map(({ step }) => step)).toEqual([0, 2]);
  });

  it("of which somebody deleted the run gets a new one", async () => {
    const exporter = exporterOf();
    exporter.window(windowOf(plain), []);
    await exporter.idle();
    server.runs.clear();
    exporter.window(windowOf(plain, { index: 1 }), []);
    await exporter.idle();
    expect(errors).toEqual([]);
    expect(historyOf(only(), "rows").map(({ step }) => step)).toEqual([1]);
  });

  it("whose experiment is deleted is said to be so", async () => {
    server.experiments.set("drift", { id: "1", stage: "deleted" });
    const exporter = exporterOf();
    exporter.window(windowOf(plain), []);
    await exporter.idle();
    expect(errors).toEqual([expect.stringContaining('the experiment "drift" is deleted')]);
  });

  it("is not waited for with more than so many numbers: the oldest windows are given up", async () => {
    const silent = Array.from({ length: 100 }, () => ({ status: 503 }));
    server.trouble.push(...silent);
    const exporter = exporterOf({ maximumWaiting: 250 });
    const size = 10;
    for (let index = 0; index < size; index++) exporter.window(windowOf(plain, { index }), []);
    const lost = errors.length;
    expect(lost).toBeGreaterThan(0);
    expect(errors[0]).toBe(
      "mlflowExporter: orders/2026-11-26T10:00:00.000Z/1 was not logged: more than 250 numbers wait",
    );
    expect(exporter.waiting).toBe(size - lost);
    server.trouble.length = 0;
    await exporter.idle();
    const steps = Array.from({ length: size - lost }, (_, index) => lost + index);
    // The one that was on its way when it was given up may have been logged too.
    expect(
      historyOf(only(), "rows")
        .map(({ step }) => step)
        .filter((step) => step >= lost),
    ).toEqual(steps);
  });

  it("does not hold up the end of the process", async () => {
    server.trouble.push(...Array.from({ length: 1_000 }, () => "silent" as const));
    const exporter = exporterOf({ closeTimeout: 150 });
    exporter.window(windowOf(plain), []);
    const before = performance.now();
    await exporter.close();
    // Where it had not been told it would wait for 5 seconds.
    expect(performance.now() - before).toBeLessThan(4_500);
    expect(errors).toEqual(["mlflowExporter: orders/2026-11-26T10:00:00.000Z/1 was not logged: closed before"]);
    exporter.window(windowOf(plain, { index: 1 }), []);
    expect(exporter.waiting).toBe(0);
  });
});

describe("mlflowExporter's options", () => {
  it.each([
    [{ url: "mlflow:5000" }, 'mlflowExporter: url must begin with http:// or https://, got "mlflow:5000"'],
    [{ url: 5 }, "mlflowExporter: url must be a text, got 5"],
    [{ experiment: "" }, 'mlflowExporter: experiment must be a text, got ""'],
    [{ token: 5 }, "mlflowExporter: token must be a text, got 5"],
    [{ maximumWaiting: 0 }, "mlflowExporter: maximumWaiting must be a number of at least 1, got 0"],
    [{ metrics: "effect" }, 'mlflowExporter: metrics must be an array of names, got "effect"'],
    [{ metrics: ["effekt"] }, 'mlflowExporter: there is no metric "effekt"; docs/metrics.md lists all'],
    [{ runName: "mine" }, 'mlflowExporter: runName must be a function, got "mine"'],
    [{ onError: 1 }, "mlflowExporter: onError must be a function, got 1"],
    [{ timeout: "soon" }, "mlflowExporter: timeout must be a positive time, such as 30s, 15m, 1h or 7d, got soon"],
    [{ project: "x" }, /^mlflowExporter: there is no option "project", but url, experiment/],
  ])("%j: %s", (options, message) => {
    expect(() => mlflowExporter({ url: "http://localhost", experiment: "drift", ...options } as never)).toThrow(
      message,
    );
  });
});
