/** The service: HTTP in, windows, verdicts, alerts out. */
export type { DatasetConfig, ServiceConfig } from "./config.js";
export { serviceSchema } from "./config-schema.js";
export { ConfigError, type Environment, parseServiceConfig } from "./parse-config.js";
export type { ProblemBody } from "./problem.js";
export {
  createService,
  type InjectedAnswer,
  type InjectedRequest,
  type Service,
  type ServiceOptions,
} from "./service.js";
export type { WindowSummary } from "./window-summary.js";
