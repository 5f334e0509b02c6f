/** The kernel rules that the compiled module shows: pure functions over a memory that the caller owns. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { at, filesIn, text } from "./repository.ts";

const bytes = readFileSync(at("dist/engine/kernels.wasm"));
const compiled = new WebAssembly.Module(bytes);
const disassembly: string = await disassemble();

describe("the kernels", () => {
  it("import the memory and nothing else", () => {
    expect(WebAssembly.Module.imports(compiled)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  });

  it("export functions only", () => {
    const exported = WebAssembly.Module.exports(compiled);
    expect(exported.length).toBeGreaterThan(10);
    expect(exported.filter(({ kind }) => kind !== "function")).toEqual([]);
  });

  it("keep no global and no table, and run nothing when they are loaded", () => {
    expect(disassembly).toMatch(/^\(module/);
    expect(disassembly.match(/^ \((global|table|elem|start)\b.*/gm)).toBeNull();
  });

  it("never grow the memory, stop on purpose or depend on the processor", () => {
    expect(disassembly.match(/memory\.grow|\bunreachable\b|relaxed_\w+|call_indirect/g)).toBeNull();
  });

  it("allocate nothing in their sources", () => {
    const wrong = filesIn("assembly", ".ts").filter((file) =>
      /\bnew [A-Z]|\bheap\.|__new|memory\.(grow|data)|^(export )?let /m.test(text(file)),
    );
    expect(wrong).toEqual([]);
  });
});

/** The module as text, by the Binaryen that the AssemblyScript compiler itself uses. */
async function disassemble(): Promise<string> {
  const binaryen = createRequire(at("node_modules/assemblyscript/package.json")).resolve("binaryen");
  return (await import(pathToFileURL(binaryen).href)).default.readBinary(bytes).emitText();
}
