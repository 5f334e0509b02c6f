/** Prometheus, OpenTelemetry, MLflow. */
export type { ExportedMetric, MetricType, MetricUnit } from "./exported-metric.js";
export type { Exporter } from "./exporter.js";
export { type MlflowExporter, type MlflowOptions, mlflowExporter } from "./mlflow.js";
export { type OpenTelemetryMeter, type OpenTelemetryOptions, opentelemetryExporter } from "./opentelemetry.js";
export { type OperationsMetrics, operationsMetrics } from "./operations-metrics.js";
export {
  type PrometheusExporter,
  type PrometheusOptions,
  type PrometheusRegistry,
  prometheusExporter,
} from "./prometheus.js";
export type { SeriesOptions } from "./series-options.js";
