/** The service: HTTP in, windows, verdicts, alerts out. */
export type { DatasetConfig, ServiceConfig } from "./config.js";
