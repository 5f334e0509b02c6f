/** Who is told of events, when they listen and when they do not. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AlertAction,
  type AlertHooks,
  type AlertRule,
  type Alerts,
  alerts,
  type DeliveryFailure,
  verifySignature,
} from "smirnov/alerts";
import { afterAll, describe, expect, it } from "vitest";
import { freePort } from "../servers/free-port.js";
import { answering, listening } from "./servers.ts";
import { latency } from "./windows.ts";

const folder = mkdtempSync(join(tmpdir(), "smirnov-alerts-"));
const running: Alerts[] = [];
afterAll(async () => {
  await Promise.all(running.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

const rule: AlertRule = { name: "slow", when: { metric: "series.latency.q95", gt: 100 }, actions: ["tell"] };

/** Alerts with one action, and what failed. Waits are half as long as they may be. */
function telling(action: AlertAction, hooks: AlertHooks = {}) {
  const failures: DeliveryFailure[] = [];
  const options = { rules: [rule], actions: { tell: action } };
  const one = alerts(options, { onFailure: (failure) => failures.push(failure), random: () => 0.999, ...hooks });
  running.push(one);
  const tell = (...latencies: number[]) => {
    const first = one.state().datasets[0]?.latest?.index ?? -1;
    for (const [k, value] of latencies.entries()) one.dispatch(one.window(latency(first + 1 + k, value)));
  };
  return { one, failures, tell };
}

const statuses = (bodies: readonly { body: string }[]) => bodies.map(({ body }) => JSON.parse(body).status);

describe("a webhook", () => {
  it("is told of events in order, as JSON, signed", async () => {
    const { url, requests } = await listening();
    const { one, tell } = telling({ action: "webhook", url, secret: "the secret", headers: { "x-team": "risk" } });
    tell(200, 50, 200);
    await one.idle();
    expect(statuses(requests)).toEqual(["firing", "resolved", "firing"]);
    const [{ headers, body }] = requests as [(typeof requests)[0]];
    expect(headers).toMatchObject({ "content-type": "application/json", "x-team": "risk" });
    expect(JSON.parse(body)).toMatchObject({ rule: "slow", dataset: "orders", subject: "latency", endsAt: null });
    const signature = headers["smirnov-signature"]!;
    expect(signature).toMatch(/^t=\d{10},v1=[0-9a-f]{64}$/);
    expect(verifySignature("the secret", signature, body)).toBe(true);
    expect(verifySignature("another", signature, body)).toBe(false);
    expect(verifySignature("the secret", signature, `${body} `)).toBe(false);
    expect(verifySignature("the secret", signature.replace(/^t=\d/, "t=2"), body)).toBe(false);
    expect(verifySignature("the secret", undefined, body)).toBe(false);
    expect(verifySignature("the secret", "t=1,v1=zz", body)).toBe(false);
    const now = Date.now();
    expect(verifySignature("the secret", signature, body, { now: now + 6 * 60_000 })).toBe(false);
    expect(verifySignature("the secret", signature, body, { now: now + 6 * 60_000, tolerance: "10m" })).toBe(true);
    expect(verifySignature("the secret", signature, body, { now: now - 6 * 60_000 })).toBe(false);
    expect(new Set(requests.map((request) => request.headers["smirnov-delivery"])).size).toBe(3);
  });

  it("is told of although whoever hears of it fails, and its successes are heard of", async () => {
    const { url, requests } = await listening(answering(500, 200));
    const heard: unknown[] = [];
    const onFailure = () => {
      throw new Error("the log is full");
    };
    const { one, tell } = telling(
      { action: "webhook", url },
      {
        onFailure,
        onDelivered: (action) => heard.push(action),
      },
    );
    tell(200);
    await one.idle();
    expect(statuses(requests)).toEqual(["firing", "firing"]);
    expect(heard).toEqual(["tell"]);
  });

  it("that repeats secrets in whatever form does not get them into messages", async () => {
    const header = 'Bearer to"k\\en with words';
    const said = [JSON.stringify({ header }), encodeURIComponent("the secret/"), "token-behind-bearer"];
    const { url } = await listening((_, response) => response.writeHead(400).end(said.join(" | ")));
    const headers = { authorization: header, "x-key": "Bearer token-behind-bearer" };
    const { one, tell, failures } = telling({ action: "webhook", url, secret: "the secret/", headers });
    tell(200);
    await one.idle();
    expect(failures[0]!.why).toMatch(/ answered 400: {"header":"\*\*\*"} \| \*\*\* \| \*\*\*$/);
  });

  it("that fails is told again, after longer and longer, before anything else is told", async () => {
    const { url, requests } = await listening(answering(500, 503, 200));
    const { one, tell, failures } = telling({ action: "webhook", url });
    tell(200, 50);
    await one.idle();
    expect(statuses(requests)).toEqual(["firing", "firing", "firing", "resolved"]);
    expect(new Set(requests.slice(0, 3).map((request) => request.headers["smirnov-delivery"])).size).toBe(1);
    const [first, second, third] = requests.map(({ time }) => time) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(499);
    expect(third - second).toBeGreaterThanOrEqual(999);
    expect(failures.map(({ attempts, givenUp }) => [attempts, givenUp])).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(failures[0]).toMatchObject({ action: "tell", dataset: "orders", rule: "slow" });
    expect(failures[0]!.why).toMatch(/^127\.0\.0\.1:\d+ answered 500: an answer$/);
  });

  it("that refuses, or sends elsewhere, is not told again", async () => {
    for (const status of [400, 401, 404, 301]) {
      const { url, requests } = await listening((_, response) => {
        response.writeHead(status, { location: "/elsewhere" }).end();
      });
      const { one, tell, failures } = telling({ action: "webhook", url });
      tell(200);
      await one.idle();
      expect(requests.map(({ path }) => path)).toEqual(["/"]);
      expect(failures).toMatchObject([
        { attempts: 1, givenUp: true, why: expect.stringContaining(`answered ${status}`) },
      ]);
      expect(failures[0]!.why.includes("redirections are not followed")).toBe(status === 301);
    }
  });

  it("is given up after its retries, and what comes then is told", async () => {
    const { url, requests } = await listening(answering(500, 500, 200));
    const { one, tell, failures } = telling({ action: "webhook", url, retries: 1 });
    tell(200, 50);
    await one.idle();
    expect(statuses(requests)).toEqual(["firing", "firing", "resolved"]);
    expect(failures.at(-1)).toMatchObject({ attempts: 2, givenUp: true });
  });

  it("that hangs, or that answers slowly, has its time", async () => {
    const hangs = await listening(() => {});
    const drips = await listening((_, response) => {
      response.writeHead(500);
      const timer = setInterval(() => response.write("x".repeat(10)), 20);
      response.on("close", () => clearInterval(timer));
    });
    for (const { url } of [hangs, drips]) {
      const { one, tell, failures } = telling({ action: "webhook", url, timeout: "200ms", retries: 0 });
      const start = Date.now();
      tell(200);
      await one.idle();
      // Where it had not been told it would have 10 seconds.
      expect(Date.now() - start).toBeLessThan(9500);
      expect(failures).toMatchObject([{ givenUp: true }]);
    }
  });

  it("that answers without end is not listened to", async () => {
    let written = 0;
    for (const status of [200, 400]) {
      const { url } = await listening((_, response) => {
        response.writeHead(status);
        const block = Buffer.alloc(2 ** 16, 97);
        const more = () => {
          while (!response.destroyed && response.write(block)) written += block.length;
        };
        response.on("drain", more);
        more();
      });
      const { one, tell, failures } = telling({ action: "webhook", url });
      tell(200);
      await one.idle();
      expect(failures.map(({ why }) => why.length)).toEqual(status === 200 ? [] : [expect.any(Number)]);
      for (const { why } of failures) expect(why.length).toBeLessThan(300);
    }
    expect(written).toBeLessThan(2 ** 25);
  });

  it("that is not there is told of by its host alone: paths, tokens and secrets are in no failure and no state", async () => {
    const port = await freePort();
    const echo = await listening((request, response) => {
      response.statusCode = 400;
      response.end(`no ${request.path} ${JSON.stringify(request.headers)}`);
    });
    const secrets = { secret: "s3cr3t-signature", headers: { authorization: "Bearer t0k3n" } };
    for (const base of [`http://127.0.0.1:${port}`, echo.url]) {
      const { one, tell, failures } = telling({
        ...{ action: "webhook", url: `${base}/services/TEAM/BOT/XXXX?key=k3y`, retries: 0 },
        ...secrets,
      });
      tell(200);
      await one.idle();
      expect(failures).toHaveLength(1);
      const told = JSON.stringify([failures, one.state(), one.firing()]);
      expect(told).not.toMatch(/s3cr3t|t0k3n|XXXX|k3y|TEAM/);
      expect(failures[0]!.why).toContain("127.0.0.1:");
    }
  });

  it("of a chat is told in words in which no name makes a link or calls anybody", async () => {
    const { url, requests } = await listening();
    const hostile = alerts({
      rules: [{ ...rule, when: { metric: "series.*.q95", gt: 100 } }],
      actions: { tell: { action: "webhook", url, format: "slack" } },
    });
    running.push(hostile);
    const { latency: values } = latency(0, 200).series;
    const name = "<!channel> <https://evil.example|click>\n\u001b[31m\u202e";
    hostile.dispatch(hostile.window(latency(0, 200, { series: { [name]: values! }, dataset: "a\nb<!here>" })));
    await hostile.idle();
    const { text } = JSON.parse(requests[0]!.body);
    expect(Object.keys(JSON.parse(requests[0]!.body))).toEqual(["text"]);
    expect(text).toMatch(/^\*warning\* \(slow\): /);
    expect(text).toContain("&lt;!channel&gt;");
    for (const mark of ["<", "\u001b", "\u202e"]) expect(text).not.toContain(mark);
    for (const line of text.split("\n").slice(1)) expect(line).toMatch(/^> /);
  });

  it("that is told when the process ends is told by the next one, in order", async () => {
    const port = await freePort();
    const before = telling({ action: "webhook", url: `http://127.0.0.1:${port}` });
    before.tell(200, 50);
    await before.one.close();
    const state = JSON.parse(JSON.stringify(before.one.state()));
    expect(state.deliveries).toMatchObject([{ action: "tell", waiting: [{}, {}] }]);
    const { url, requests } = await listening();
    const after = telling({ action: "webhook", url });
    after.one.restore(state);
    after.tell(200);
    await after.one.idle();
    expect(statuses(requests)).toEqual(["firing", "resolved", "firing"]);
    expect(after.one.state().deliveries).toEqual([]);
  });

  it("is not told twice of what is handed over twice while it waits", async () => {
    const { url, requests } = await listening();
    const { one } = telling({ action: "webhook", url });
    const events = one.window(latency(0, 200));
    one.dispatch(events);
    one.dispatch(events);
    await one.idle();
    expect(requests).toHaveLength(1);
  });
});

describe("a command", () => {
  const program = (name: string, code: string) => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, code);
    return [process.execPath, file];
  };

  it("is given the event on its standard input, and its words as they are", async () => {
    const out = join(folder, "told.json");
    const words = ["$(touch nothing)", "a b", "'"];
    const code = `import { readFileSync, writeFileSync } from "node:fs";
      writeFileSync(${JSON.stringify(out)}, JSON.stringify([JSON.parse(readFileSync(0, "utf8")), process.argv.slice(2)]));`;
    const { one, tell, failures } = telling({ action: "command", command: [...program("told", code), ...words] });
    tell(200);
    await one.idle();
    expect(failures).toEqual([]);
    const [event, given] = JSON.parse(readFileSync(out, "utf8"));
    expect(event).toMatchObject({ rule: "slow", status: "firing" });
    expect(given).toEqual(words);
  });

  it("that fails is run again, and told of with the end of what it said, within bounds", async () => {
    const code = `process.stderr.write("why it failed\\n\\u001b[31m" + "x".repeat(1e6)); process.exitCode = 3;`;
    const { one, tell, failures } = telling({ action: "command", command: program("fails", code), retries: 1 });
    tell(200);
    await one.idle();
    expect(failures.map(({ attempts, givenUp }) => [attempts, givenUp])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(failures[0]!.why).toMatch(/^the program ended with status 3: why it failed␊␛/);
    expect(failures[0]!.why.length).toBeLessThan(300);
  });

  it("that does not end is killed, with what it started", async () => {
    const started = join(folder, "started");
    // A shell, which begins at once on a busy machine too.
    const command = ["/bin/sh", "-c", 'sleep 1000 & echo "$!" > "$1"; wait', "sh", started];
    const { one, tell, failures } = telling({ action: "command", command, timeout: "1500ms", retries: 0 });
    tell(200);
    await one.idle();
    expect(failures).toMatchObject([{ why: "the program did not end within 1500 ms" }]);
    const pid = Number(readFileSync(started, "utf8"));
    await expect.poll(() => isThere(pid)).toBe(false);
  });

  it("that is not there is not looked for again", async () => {
    const { one, tell, failures } = telling({ action: "command", command: [join(folder, "nothing")] });
    tell(200);
    await one.idle();
    expect(failures).toMatchObject([{ attempts: 1, givenUp: true, why: "the program could not be started (ENOENT)" }]);
  });

  it("that does not read, and that leaves something running, is done when it ends", async () => {
    const left = join(folder, "left");
    const code = `import { spawn } from "node:child_process";
      import { writeFileSync } from "node:fs";
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit", detached: true });
      writeFileSync(${JSON.stringify(left)}, String(child.pid));
      child.unref();
      process.exit(0);`;
    const { one, tell, failures } = telling({ action: "command", command: program("leaves", code) });
    tell(200);
    await one.idle();
    const pid = Number(readFileSync(left, "utf8"));
    expect(isThere(pid)).toBe(true);
    process.kill(pid, "SIGKILL");
    expect(failures).toEqual([]);
  });
});

/** Whether a process is there and has not ended. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2)[0] !== "Z";
  } catch {
    return false;
  }
}
