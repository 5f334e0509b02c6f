/** Prometheus' text format 0.0.4, read as its page says, strictly: what does not fit throws. */

export interface ExposedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ExposedMetric {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ExposedSample[];
}

/** By name; samples of a histogram are under the histogram's. */
export function readExposition(text: string): Map<string, ExposedMetric> {
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  const metrics = new Map<string, { type: string; help: string; samples: ExposedSample[] }>();
  let current = "";
  const seen = new Set<string>();
  for (const line of text.split("\n")) {
    const help = /^# HELP ([a-zA-Z_][a-zA-Z0-9_]*) (.*)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_][a-zA-Z0-9_]*) (counter|gauge|histogram|summary)$/.exec(line);
    if (help) {
      current = help[1]!;
      if (metrics.has(current)) throw new Error(`${current} comes twice`);
      metrics.set(current, { type: "", help: help[2]!, samples: [] });
    } else if (type) {
      if (type[1] !== current) throw new Error(`the type of ${type[1]} is not behind its help`);
      metrics.get(current)!.type = type[2]!;
    } else if (line !== "") {
      const sample = readSample(line);
      const metric = metrics.get(current);
      const base = metric?.type === "histogram" ? sample.name.replace(/_(bucket|sum|count)$/, "") : sample.name;
      if (!metric || base !== current) throw new Error(`a sample of ${sample.name} among those of ${current}`);
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(key)) throw new Error(`twice: ${line}`);
      seen.add(key);
      metric.samples.push(sample);
    }
  }
  return metrics;
}

const escapes: Readonly<Record<string, string>> = { "\\\\": "\\", '\\"': '"', "\\n": "\n" };

function readSample(line: string): ExposedSample {
  const parts = /^([a-zA-Z_][a-zA-Z0-9_]*)(?:\{(.*)\})? (\S+)$/.exec(line);
  if (!parts) throw new Error(`not a sample: ${line}`);
  const [, name = "", inside = "", number = ""] = parts;
  const labels: Record<string, string> = {};
  let rest = inside;
  while (rest !== "") {
    const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/.exec(rest);
    if (!label) throw new Error(`not a label: ${rest}`);
    if (Object.hasOwn(labels, label[1]!)) throw new Error(`the label ${label[1]} comes twice`);
    labels[label[1]!] = label[2]!.replace(/\\[\\"n]/g, (one) => escapes[one]!);
    rest = rest.slice(label[0].length);
  }
  const value = number === "+Inf" ? Number.POSITIVE_INFINITY : Number(number);
  if (Number.isNaN(value) && !/^nan$/i.test(number)) throw new Error(`not a number: ${line}`);
  return { name, labels, value };
}
