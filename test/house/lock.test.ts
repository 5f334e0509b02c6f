import { expect, it } from "vitest";
import { text } from "./repository.ts";

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: { readonly [name: string]: string };
}

it("the lock file holds every optional package that a dependency lists, or npm ci would refuse it", () => {
  const { packages } = JSON.parse(text("package-lock.json")) as { packages: { [path: string]: Locked } };
  const paths = Object.keys(packages);
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name, wanted]) => {
        const held = paths.filter((other) => other.endsWith(`node_modules/${name}`));
        const exact = /^\d/.test(wanted);
        return !held.some((other) => !exact || packages[other]!.version === wanted);
      })
      .map(([name, wanted]) => `${path || "the project"} lists ${name} ${wanted}`),
  );
  expect(missing).toEqual([]);
});
