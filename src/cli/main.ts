#!/usr/bin/env node
/** The `smirnov` command: the process around `run`. */
import { describe, run } from "./run.js";

const { stdout, stderr, env, argv } = process;

// A reader that has seen enough (`| head`) is no error. Anything else that was not foreseen must not exit with 1, which
// means drift.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
process.on("uncaughtException", (error) => {
  stderr.write(`${describe(error, env)}\n`);
  process.exit(2);
});

// Not process.exit: what was written to a pipe may still be on its way.
process.exitCode = await run(argv.slice(2), { output: stdout, errors: stderr, environment: env });
