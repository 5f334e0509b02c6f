import { parentPort } from "node:worker_threads";
import { jobs } from "./jobs.js";

parentPort.on("message", ({ job, given }) => parentPort.postMessage(jobs[job](given)));
