/** What the compiler and the linter say, as tests. */
import { describe, expect, it } from "vitest";
import { tool } from "./repository.ts";

const typescript = (project: string) => tool("typescript/bin/tsc", ["-p", project, "--noEmit", "--pretty", "false"]);
const passed = { status: 0, output: "" };

describe.concurrent("the compiler", () => {
  it("finds nothing in src", async ({ expect }) => {
    expect(await typescript("tsconfig.json")).toMatchObject(passed);
  });

  it("finds nothing in the tests and benchmarks", async ({ expect }) => {
    expect(await typescript("test")).toMatchObject(passed);
  });
});

describe("the linter", () => {
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
