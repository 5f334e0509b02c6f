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

  it("take and return plain numbers", () => {
    const vectorised = disassembly.match(/^ \(func \S+ .*\bv128\b.*/gm)?.map((line) => line.split(" ")[2]) ?? [];
    const exported = Array.from(disassembly.matchAll(/^ \(export "(.+)" \(func (\S+)\)\)/gm));
    expect(exported.length).toBe(WebAssembly.Module.exports(compiled).length);
    expect(exported.filter(([, , name]) => vectorised.includes(name)).map(([, name]) => name)).toEqual([]);
  });

  it("keep no state: the only globals are those in which the standard sine passes on a reduced angle", () => {
    const globals = disassembly.match(/^ \(global .*/gm) ?? [];
    expect(globals.map((line) => line.replace(/ \$\S+/, ""))).toEqual([
      " (global (mut f64) (f64.const 0))",
      " (global (mut f64) (f64.const 0))",
      " (global (mut i64) (i64.const 0))",
    ]);
  });

  it("have no table, and run nothing when they are loaded", () => {
    expect(disassembly).toMatch(/^\(module/);
    expect(disassembly.match(/^ \((table|elem|start)\b.*/gm)).toBeNull();
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
