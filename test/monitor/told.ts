/** A monitor whose results are kept. */
import { Monitor, type MonitorOptions, type WindowResult } from "smirnov/monitor";

export function told(options: MonitorOptions) {
  const told: WindowResult[] = [];
  const onWindow = (result: WindowResult): void => {
    told.push(result);
  };
  return { monitor: new Monitor({ ...options, onWindow }), told, onWindow };
}
