/** Prometheus, OpenTelemetry, MLflow. */
export type { Exporter } from "./exporter.js";
