/** What is wrong with a configuration beyond what its schema says. */
import { isIP } from "node:net";
import { alertProblems } from "../alerts/alert-problems.js";
import type { AlertRule } from "../alerts/alert-rule.js";
import type { Path, Problem } from "../checks/schema-problems.js";
import { suggestion } from "../statistics/suggest.js";
import type { ServiceConfig } from "./config.js";
import { datasetProblems } from "./dataset-problems.js";

/** Names stand in addresses and are names of folders. */
const datasetName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** An address, or one with the length of its prefix. */
function isNetwork(text: string): boolean {
  const [, address = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return Number(length ?? 0) <= most;
}

/** In the order of the configuration, which keeps to its schema. */
export function configProblems(config: ServiceConfig): Problem[] {
  const { listen = {}, auth = {}, limits = {}, datasets, alerts = [], actions = {}, store } = config;
  const problems: Problem[] = [];
  const add = (path: Path, message: string, onKey?: true): void => {
    problems.push({ path, message, ...(onKey && { onKey }) });
  };
  const { host = "127.0.0.1" } = listen;
  if (/^\[.*\]$/.test(host)) {
    add(["listen", "host"], `an address of IPv6 is written without brackets (::1), got ${host}`);
  } else if (!auth.tokens && !isLoopback(host)) {
    add(
      listen.host === undefined ? [] : ["listen", "host"],
      `without auth.tokens the service listens on this machine's own addresses only (127.0.0.1), got ${host}`,
    );
  }
  for (const [index, proxy] of (listen.trustProxy ?? []).entries()) {
    if (isNetwork(proxy)) continue;
    add(["listen", "trustProxy", index], `a proxy is an address or a network such as 10.0.0.0/8, got ${proxy}`);
  }
  for (const [index, token] of (auth.tokens ?? []).entries()) {
    if (!/^[A-Za-z0-9._~+/-]+=*$/.test(token)) {
      add(["auth", "tokens", index], "a token is letters, digits and ._~+/-, with = at its end only");
    } else if (token.length < 16) add(["auth", "tokens", index], "a token needs at least 16 characters");
  }
  for (const [index, path] of (auth.open ?? []).entries()) {
    if (!path.startsWith("/")) add(["auth", "open", index], `a path begins with /, got ${path}`);
  }
  if ((limits.bodyBytes ?? 0) > (limits.pendingBytes ?? 512 * 2 ** 20)) {
    add(
      ["limits", "bodyBytes"],
      "limits.bodyBytes must not be more than limits.pendingBytes, or such bodies never fit",
    );
  }
  if (store !== undefined && !/^(none$|duckdb:.|postgres(ql)?:\/\/.)/.test(store)) {
    // Not told: it may hold a password.
    add(["store"], "store must be duckdb:<file>, postgres://… or none");
  }
  if (Object.keys(datasets).length === 0) add(["datasets"], "datasets must not be empty");
  for (const [name, dataset] of Object.entries(datasets)) {
    if (!datasetName.test(name)) {
      add(["datasets", name], `a dataset's name is letters, digits, . _ and -, got ${JSON.stringify(name)}`, true);
    }
    problems.push(...datasetProblems(name, dataset));
  }
  for (const { path, ...problem } of alertProblems({ rules: alerts, actions })) {
    const [first, ...rest] = path;
    problems.push({ ...problem, path: [first === "rules" ? "alerts" : first!, ...rest] });
  }
  for (const [index, rule] of alerts.entries()) {
    for (const [k, name] of (rule.datasets ?? []).entries()) {
      const path = ["alerts", index, "datasets", k];
      if (!Object.hasOwn(datasets, name)) add(path, missing("dataset", name, Object.keys(datasets)));
    }
    problems.push(...rebaselineProblems(rule, index, config));
  }
  return problems;
}

/** Windows become the reference of datasets alone that are compared with one that is given. */
function rebaselineProblems(
  { actions: named = [], datasets }: AlertRule,
  index: number,
  config: ServiceConfig,
): Problem[] {
  const moving = (datasets ?? Object.keys(config.datasets)).find((name) => {
    const { against = "fixed" } = config.datasets[name] ?? {};
    return against !== "fixed";
  });
  if (moving === undefined) return [];
  return named.flatMap((name, k) => {
    const action = config.actions?.[name];
    if (action?.action !== "retrain" || action.rebaseline !== "drifted-windows") return [];
    const message = `${name} makes drifted windows the reference, and ${moving} is compared with earlier windows (against): name the rule's datasets`;
    return [{ path: ["alerts", index, "actions", k], message }];
  });
}

function missing(what: string, name: string, known: readonly string[]): string {
  const near = suggestion(name, known) || (known.length > 0 ? `; there are ${known.join(", ")}` : "; there are none");
  return `there is no ${what} ${JSON.stringify(name)}${near}`;
}
