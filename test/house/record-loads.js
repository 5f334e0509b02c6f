// Prints the address of every module that a process loads: `node --import <this file> …`.
import { writeSync } from "node:fs";
import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

// The same file holds the hooks, which Node runs on a thread of their own.
if (isMainThread) register(import.meta.url);

export function load(url, context, next) {
  writeSync(1, `${url}\n`);
  return next(url, context);
}
