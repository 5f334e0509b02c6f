import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterAll, describe, expect, it } from "vitest";
import { duckDb } from "../../dist/store/databases/duckdb.js";
import { openStore } from "../../dist/store/open-store.js";
import { storeContract } from "./contract.ts";
import { run } from "./runs.ts";

const folder = mkdtempSync(join(tmpdir(), "smirnov-duckdb-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, `${++files} it's a "file".duckdb`);

describe("a store in a DuckDB file", () => {
  storeContract(() => ({ url: newPath() }));

  it("is named by its path alone, after duckdb:, or lives in memory", async () => {
    const path = join(folder, "without-ending");
    const named = await openStore(`duckdb:${path}`);
    await named.close();
    expect(existsSync(path)).toBe(true);
    const [one, other] = await Promise.all([openStore("duckdb::memory:"), openStore("duckdb::memory:")]);
    await one.record(run(0));
    expect(await one.runs()).toHaveLength(1);
    expect(await other.runs()).toHaveLength(0);
    await one.close();
    await other.close();
  });

  it("is not made by readers", async () => {
    const path = newPath();
    await expect(openStore(path, { readOnly: true })).rejects.toMatchObject({ name: "StoreError" });
    expect(existsSync(path)).toBe(false);
  });

  it("is let go while nobody uses it, so that another process can look at it, and waits while one does", async () => {
    const path = newPath();
    const store = await openStore(path);
    await store.record(run(0));
    const child = await process_("read", path);
    expect(child).toEqual({ status: 0, output: "1\n", errors: "" });
    const holder = process_("hold", path);
    await holder.said;
    let isRecorded = false;
    const recorded = store.record(run(1)).then(() => {
      isRecorded = true;
    });
    await wait(300);
    expect(isRecorded).toBe(false);
    holder.letGo();
    await recorded;
    expect(await holder).toMatchObject({ status: 0, errors: "" });
    expect(await store.runs()).toHaveLength(2);
    await store.close();
  });

  it("cannot be opened while another process holds it for longer than the timeout", async () => {
    const path = newPath();
    await (await openStore(path)).close();
    const holder = process_("hold", path);
    await holder.said;
    await expect(openStore(path, { timeout: 100 })).rejects.toMatchObject({ blame: "database" });
    holder.letGo();
    await holder;
  });

  it("goes on after a transaction whose end failed", async () => {
    const path = newPath();
    const store = await openStore(path);
    await store.record(run(0));
    const database = duckDb(path, { schema: "unused", readOnly: false, timeout: 1000, connections: 1 });
    const ended = database.queries.transaction().execute(async (transaction) => {
      await sql`insert into metric select * from metric`.execute(transaction);
      // The connection is left without a transaction, as after a commit that failed.
      await sql`rollback`.execute(transaction);
      throw new Error("the reason");
    });
    await expect(ended).rejects.toThrow("the reason");
    await store.record(run(1));
    expect(await store.history({ dataset: "orders" })).toHaveLength(2);
    await database.queries.destroy();
    await store.close();
  });

  it("has all that was recorded when the process that wrote was killed", async () => {
    const path = newPath();
    const script = fileURLToPath(new URL("./spooling-child.js", import.meta.url));
    const runs = Array.from({ length: 80 }, (_, index) => run(index));
    const words = [script, path, `${path}.spool`, "unused", JSON.stringify(runs)];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    const told: string[] = [];
    const ended = new Promise((resolve) => child.on("close", resolve));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      told.push(...text.trim().split("\n"));
      if (told.length >= 20) child.kill("SIGKILL");
    });
    await ended;
    const reader = await openStore(path, { readOnly: true });
    const found = (await reader.runs({ limit: 1000 })).map(({ id }) => id).reverse();
    expect(found.length).toBeGreaterThanOrEqual(20);
    expect(found).toEqual(runs.slice(0, found.length).map(({ id }) => id));
    expect(found).toEqual(expect.arrayContaining(told));
    expect(await reader.history({ dataset: "orders" })).toHaveLength(found.length);
    await reader.close();
  });

  it("says what keeps it from being opened", async () => {
    await expect(openStore(join(folder, "no", "folder.duckdb"))).rejects.toMatchObject({
      message: `openStore: there is no folder for the file "${join(folder, "no", "folder.duckdb")}"`,
      blame: "database",
    });
  });
});

/** Another process on the file: reads it, or holds it, once it said so, until it is told to let go. */
function process_(what: "read" | "hold", path: string) {
  const module = new URL("../../dist/store/open-store.js", import.meta.url).href;
  const script =
    what === "read"
      ? `const { openStore } = await import(${JSON.stringify(module)});
         const store = await openStore(process.argv[1], { readOnly: true });
         console.log((await store.runs()).length);
         await store.close();`
      : `const { DuckDBInstance } = await import("@duckdb/node-api");
         let instance;
         for (let tries = 0; !instance; tries++) {
           instance = await DuckDBInstance.create(process.argv[1]).catch((error) => { if (tries > 100) throw error; });
           if (!instance) await new Promise((resolve) => setTimeout(resolve, 20));
         }
         console.log("held");
         process.stdin.on("end", () => instance.closeSync()).resume();`;
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script, path], { cwd });
  let [output, errors] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const said = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      resolve();
    });
    child.on("close", () => resolve());
  });
  const ended = new Promise<{ status: number | null; output: string; errors: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output, errors }));
  });
  return Object.assign(ended, { said, letGo: () => child.stdin.end() });
}
