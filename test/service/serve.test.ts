/** `smirnov serve`, as it is typed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { scratch, smirnov } from "../cli/command.ts";
import { token } from "./running.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const { write, folder } = scratch();
const good = "store: none\nlisten: { port: 0 }\ndatasets: { orders: { window: { rows: 10 } } }\n";

describe("smirnov serve --check", () => {
  it("says that a file is right", async () => {
    const outcome = await smirnov(["serve", "--config", write("good.yaml", good), "--check"]);
    expect(outcome).toMatchObject({
      status: 0,
      errors: "",
      output: expect.stringMatching(/good\.yaml is right: dataset orders\n/),
    });
  });

  it("tells all that is wrong, with lines", async () => {
    const file = write("bad.yaml", "store: 5\ndatasets:\n  orders:\n    windw: { rows: 10 }\n");
    const { status, errors } = await smirnov(["serve", "--config", file, "--check"]);
    expect(status).toBe(2);
    expect(errors.split("\n").filter(Boolean)).toEqual([
      `smirnov: ${file}:1:8: store must be text, got the number 5`,
      `smirnov: ${file}:4:5: datasets.orders needs window`,
      `smirnov: ${file}:4:5: unknown key of orders "windw"; did you mean "window"?`,
    ]);
  });

  it.each([
    [["serve"], "serve needs --config <file>"],
    [["serve", "--config", "nowhere.yaml"], "--config nowhere.yaml cannot be read: there is no such file"],
    [["serve", "--config", "x", "y"], "serve takes no files but --config, got y"],
    [["serve", "--config", "x", "--port", "70000"], "--port must be at most 65535, got 70000"],
    [["serve", "--config", "x", "--html", "y"], "serve takes no --html"],
    [["compare", "a.csv", "b.csv", "--port", "1"], "compare takes no --port"],
  ])("refuses %j", async (words, message) => {
    expect(await smirnov(words)).toMatchObject({
      status: 2,
      output: "",
      errors: `smirnov: ${message} (see smirnov --help)\n`,
    });
  });

  it("refuses to listen on everybody's addresses without a token", async () => {
    const { status, errors } = await smirnov(["serve", "--config", write("open.yaml", good), "--host", "0.0.0.0"]);
    expect(status).toBe(2);
    expect(errors).toMatch(/without auth\.tokens the service listens on this machine's own addresses only/);
  });
});

describe("smirnov serve", () => {
  it("listens, logs lines of JSON, and ends in good order when it is told to", async () => {
    const file = write("monitor.yaml", `${good}auth: { tokens: ["\${SECRET}"] }\ndata: state\n`);
    const child = spawn(process.execPath, [main, "serve", "--config", file], {
      env: { PATH: process.env.PATH, SECRET: token },
      cwd: "/",
    });
    let [output, errors] = ["", ""];
    child.stderr.setEncoding("utf8").on("data", (text) => {
      errors += text;
    });
    const address = new Promise<string>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text) => {
        output += text;
        const found = /"msg":"ready"/.test(output) && /listening at (http:\S+?)"/.exec(output)?.[1];
        if (found) resolve(found);
      });
    });
    const url = await address;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify(Array.from({ length: 10 }, (_, x) => ({ x })));
    expect((await fetch(`${url}/v1/orders/rows`, { method: "POST", headers, body })).status).toBe(202);
    child.kill("SIGTERM");
    const [status] = await once(child, "exit");
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    const lines = output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { level: string; time: string; msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(["ready", "no reference was given yet", "closed"]),
    );
    expect(lines.every(({ level, time }) => level === "info" && !Number.isNaN(Date.parse(time)))).toBe(true);
    expect(output).not.toContain(token);
    expect(folder).not.toBe("/");
    expect((await smirnov(["serve", "--config", file, "--check"], { SECRET: token })).status).toBe(0);
  });
});
