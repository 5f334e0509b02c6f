/** Who else is told of windows: Prometheus, OpenTelemetry, MLflow. */
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowResult } from "../monitor/window-result.js";

export interface Exporter {
  readonly name: string;
  /** Told of every window once and in order. What it throws is logged, and holds nothing up. */
  window(result: WindowResult, alerts: readonly AlertEvent[]): void | Promise<void>;
  /** Told once, before any window, of alerts that were firing when the process began. */
  alerts?(events: readonly AlertEvent[]): void;
  close(): void | Promise<void>;
}
