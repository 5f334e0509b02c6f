/** What the compiler and the linter say, as tests. */
import { describe, expect, it } from "vitest";
import { tool } from "./repository.ts";

const typescript = (project: string) => tool("typescript/bin/tsc", ["-p", project, "--noEmit", "--pretty", "false"]);
const passed = { status: 0, output: "" };

// Which take a quarter of a minute, on a machine that has nothing else to do.
const patient = { timeout: 400_000 };

describe.concurrent("the compiler", patient, () => {
  it("finds nothing in src", async ({ expect }) => {
    expect(await typescript("tsconfig.json")).toMatchObject(passed);
  });

  it("finds nothing in the tests and benchmarks", async ({ expect }) => {
    expect(await typescript("test")).toMatchObject(passed);
  });
});

describe("the linter", patient, () => {
  it("finds nothing, formatting included", async () => {
    const { status, output, errors } = await tool("@biomejs/biome/bin/biome", [
      "check",
      "--error-on-warnings",
      "--max-diagnostics=50",
      ".",
    ]);
    expect(status, output + errors).toBe(0);
  });
});
