import { Ajv2020 } from "ajv/dist/2020.js";
import { ConfigError, parseServiceConfig, type ServiceConfig, serviceSchema } from "smirnov/service";
import { describe, expect, it } from "vitest";
import { checkedConfig } from "../../dist/service/parse-config.js";

const good = `# yaml-language-server: $schema=service.schema.json
listen: { host: 0.0.0.0, port: 8787 }
store: \${DATABASE}
sync: 20
auth:
  tokens: ["\${TOKEN}"]
limits: { bodyBytes: 1000000, requestTimeout: 5s }
datasets:
  orders:
    model: { name: churn, version: "7" }
    window: { duration: 1h, every: 15m }
    against: { lag: 8h }
    time: ordered
    lateness: 30s
    late: next
    compare: { by: country, methods: { price: ks } }
    labels: { id: order, target: paid, coverage: 0.6 }
    detectors:
      latency: [{ detector: pageHinkley, threshold: 50 }]
  clicks:
    window: { rows: 1000, every: 250 }
    against: previous
alerts:
  - name: drift
    datasets: [orders]
    when: { metric: drifted, eq: true }
    for: 2
    actions: [call]
actions:
  call: { action: webhook, url: "https://example.org/hook", secret: "\${SECRET}" }
exporters: { prometheus: { maximumSeries: 1000 }, opentelemetry: false }
`;
const environment = { TOKEN: "t0ken-t0ken-t0ken", DATABASE: "postgres://u:p@db/x", SECRET: "s" };
const problemsOf = async (text: string): Promise<string[]> => {
  try {
    await parseServiceConfig(text, "monitor.yaml", environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n");
  }
};

describe("parseServiceConfig", () => {
  it("reads YAML, with names of the environment filled in", async () => {
    const config = await parseServiceConfig(good, "monitor.yaml", environment);
    expect(config.auth?.tokens).toEqual(["t0ken-t0ken-t0ken"]);
    expect(config.store).toBe("postgres://u:p@db/x");
    expect(config.datasets.orders?.against).toEqual({ lag: "8h" });
    expect(config.actions?.call).toMatchObject({ secret: "s" });
  });

  it("reads the same from JSON", async () => {
    const config = await parseServiceConfig(good, "monitor.yaml", environment);
    expect(await parseServiceConfig(JSON.stringify(config), "monitor.json")).toEqual(config);
  });

  it.each<[string, string, string]>([
    ["a key that there is not", "datasets: {a: {windw: {rows: 5}}}", "1:15: datasets.a needs window"],
    [
      "the same, with what may be meant",
      "datasets: {a: {windw: 1, window: {rows: 5}}}",
      '1:16: unknown key of a "windw"; did you mean "window"?',
    ],
    [
      "a key at the top",
      "dataset: {}\ndatasets: {a: {window: {rows: 5}}}",
      '1:1: unknown key "dataset"; did you mean "datasets"?',
    ],
    ["no dataset", "datasets: {}", "1:11: datasets must not be empty"],
    ["nothing", "", "1:1: the configuration must be an object, got nothing"],
    [
      "a detector that there is not",
      "datasets: {a: {window: {rows: 5}, detectors: {x: [{detector: adwn}]}}}",
      '1:62: there is no detector "adwn"; did you mean "adwin"?',
    ],
    [
      "an option that a detector has not",
      "datasets: {a: {window: {rows: 5}, detectors: {x: [{detector: pageHinkley, treshold: 3}]}}}",
      '1:75: there is no option "treshold" of pageHinkley; did you mean "threshold"?',
    ],
    [
      "an option of a detector out of its bounds",
      "datasets: {a: {window: {rows: 5}, detectors: {x: [{detector: adwin, delta: 2}]}}}",
      "1:51: delta must be a number above 0 and below 1, got 2",
    ],
    [
      "what only the monitor knows",
      "datasets:\n  a:\n    window: {duration: 1d, every: 1s}",
      "3:13: window.every must be at least a 10000th of the window, got 1000 of 86400000",
    ],
    [
      "labels that no model quality can be made of",
      "datasets:\n  a:\n    window: {rows: 5}\n    labels: {id: x, target: y, coverage: 0}",
      "4:13: labels.coverage must lie above 0 and up to 1, got 0",
    ],
    [
      "a proxy that is no address",
      "listen: {trustProxy: [proxy]}\ndatasets: {a: {window: {rows: 5}}}",
      "1:23: a proxy is an address or a network such as 10.0.0.0/8, got proxy",
    ],
    [
      "no time of idle",
      "datasets: {a: {window: {duration: 1h}, time: t, idle: 0}}",
      "1:55: idle must be a positive time, such as 30s, 15m, 1h or 7d, got 0",
    ],
    [
      "idle where windows are of rows",
      "datasets: {a: {window: {rows: 5}, time: t, idle: 1h}}",
      "1:44: idle needs time and windows of a duration: others close by the clock, or by rows alone",
    ],
    [
      "an action that there is not",
      "alerts: [{name: n, when: {metric: drifted, eq: true}, actions: [hok]}]\ndatasets: {a: {window: {rows: 5}}}",
      '1:65: there is no action "hok"; there are none',
    ],
    ["a window of nothing", "datasets: {a: {window: {}}}", "1:24: datasets.a.window needs one of rows, duration"],
    [
      "a window of both",
      "datasets: {a: {window: {rows: 5, duration: 1h}}}",
      "1:24: a window is of rows or of a duration, not of both",
    ],
    [
      "what does not divide",
      "datasets: {a: {window: {rows: 10, every: 3}}}",
      "1:42: every must be a number of rows that divides 10, got 3",
    ],
    [
      "a time that is none",
      "datasets: {a: {window: {duration: soon}}}",
      '1:35: datasets.a.window.duration must look like 500ms, 30s, 15m, 1h, 7d, got "soon"',
    ],
    [
      "a policy that there is not",
      "datasets: {a: {window: {rows: 5}, against: previus}}",
      '1:44: unknown against "previus"; did you mean "previous"?',
    ],
    [
      "a name with a slash",
      "datasets: {a/b: {window: {rows: 5}}}",
      '1:12: a dataset\'s name is letters, digits, . _ and -, got "a/b"',
    ],
    [
      "lateness of what has no time",
      "datasets: {a: {window: {rows: 5}, lateness: 1s}}",
      "1:35: lateness needs time: without it no row is late",
    ],
    [
      "everybody's addresses without a token",
      "listen: {host: 0.0.0.0}\ndatasets: {a: {window: {rows: 5}}}",
      "1:16: without auth.tokens the service listens on this machine's own addresses only (127.0.0.1), got 0.0.0.0",
    ],
    [
      "a port beyond",
      "listen: {port: 65536}\ndatasets: {a: {window: {rows: 5}}}",
      "1:16: listen.port must be at most 65535, got the number 65536",
    ],
    [
      "a short token",
      "auth: {tokens: [secret]}\ndatasets: {a: {window: {rows: 5}}}",
      "1:17: a token needs at least 16 characters",
    ],
    [
      "an action that there is not",
      "datasets: {a: {window: {rows: 5}}}\nactions: {page: {action: command, command: [true]}}\nalerts: [{name: x, when: {metric: drifted, eq: true}, actions: [pge]}]",
      "2:45: actions.page.command[0] must be text, got true",
    ],
    [
      "an alert's action that there is not",
      "datasets: {a: {window: {rows: 5}}}\nactions: {page: {action: command, command: [ls]}}\nalerts: [{name: x, when: {metric: drifted, eq: true}, actions: [pge]}]",
      '3:65: there is no action "pge"; did you mean "page"?',
    ],
    [
      "what an action does not take",
      "datasets: {a: {window: {rows: 5}}}\nactions: {page: {action: command, command: [ls], url: 'http://x'}}",
      '2:50: unknown option of command "url"; there are action, command, timeout, retries',
    ],
    [
      "a store that there is not",
      "store: mysql://root:hunter2@db\ndatasets: {a: {window: {rows: 5}}}",
      "1:8: store must be duckdb:<file>, postgres://… or none",
    ],
    [
      "a name that the environment has not",
      `auth: {tokens: ["\${NOBODY}"]}\ndatasets: {a: {window: {rows: 5}}}`,
      "1:17: the environment's NOBODY is not set",
    ],
  ])("tells where %s is wrong", async (_, text, problem) => {
    expect(await problemsOf(text)).toContain(`monitor.yaml:${problem}`);
  });

  it("never tells what the environment holds", async () => {
    const text = `auth: {tokens: ["\${SECRET_TOKEN}"]}\ndatasets: {a: {window: {rows: 5}}}`;
    const told = await parseServiceConfig(text, "m.yaml", { SECRET_TOKEN: "hunter2 hunter2" }).catch(
      (error) => error.message,
    );
    expect(told).toMatch(/^m\.yaml:1:17: a token is letters/);
    expect(told).not.toMatch(/hunter2/);
  });
});

describe("a configuration as an object", () => {
  it("is refused with all that is wrong with it", () => {
    const config = { datasets: { a: { window: { rows: 0 } } }, limit: {} } as unknown as ServiceConfig;
    expect(() => checkedConfig("createService", config)).toThrow(
      'createService: datasets.a.window.rows must be at least 1, got the number 0; the configuration: unknown key "limit"; did you mean "limits"?',
    );
    expect(() => checkedConfig("createService", null as unknown as ServiceConfig)).toThrow(TypeError);
  });
});

describe("docs/service.schema.json", () => {
  it("is the schema that messages go by", async () => {
    await expect(`${JSON.stringify(serviceSchema, null, 2)}
`).toMatchFileSnapshot("../../docs/service.schema.json");
  });

  it("takes what is right, and refuses what is wrong, as ajv reads it", async () => {
    const validate = new Ajv2020({ strict: false }).compile(serviceSchema);
    expect(validate(await parseServiceConfig(good, "monitor.yaml", environment)), JSON.stringify(validate.errors)).toBe(
      true,
    );
    expect(validate({ datasets: { a: { window: { rows: 0 } } } })).toBe(false);
    expect(validate({ datasets: { a: { window: { hours: 1 } } } })).toBe(false);
    expect(validate({ datasets: { a: { window: { rows: 5 }, against: "previus" } } })).toBe(false);
    expect(validate({ datasets: { a: { window: { rows: 5 } } }, extra: 1 })).toBe(false);
  });
});
