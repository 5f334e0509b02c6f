/** What is asked: reports, windows, history, alerts, events. */
import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { earliestTime, latestTime } from "../monitor/row-times.js";
import type { WindowResult } from "../monitor/window-result.js";
import type { MetricStore } from "../store/metric-store.js";
import type { Dataset } from "./dataset.js";
import { type Document, datasetDocument, datasetParameter, json, windowDocument, withProblems } from "./documents.js";
import type { EventHub } from "./event-hub.js";
import { Problem } from "./problem.js";
import { numberIn, onlyKnown, textIn } from "./query.js";

export interface ResultsOptions {
  /** Of all datasets. */
  readonly names: readonly string[];
  /** @throws Problem 404 */
  readonly find: (name: string) => Dataset;
  readonly datasets: () => readonly Dataset[];
  /** `null` where nothing is stored. */
  readonly store: () => MetricStore | null;
  readonly events: EventHub;
}

interface OfDataset {
  Params: { dataset: string };
  Querystring: Record<string, unknown>;
}

const window = {
  type: "string",
  minLength: 1,
  description: "id of a window; the latest that was compared if not given",
};
const limit = { type: "integer", minimum: 1, maximum: 100_000, description: "the latest so many" };
const time = {
  ...{ type: "integer", minimum: earliestTime, maximum: latestTime },
  description: "milliseconds since 1970",
};
const timeRange = { least: earliestTime, most: latestTime };
const text = { type: "string", minLength: 1 };
const list = (items: Document): Document => ({ type: "array", items });
const some = { type: "object", additionalProperties: true };
const query = (properties: Document): Document => ({ type: "object", properties });

export function addResultsRoutes(app: FastifyInstance, options: ResultsOptions): void {
  addReports(app, options);
  addStored(app, options);
  const { names, find, datasets, events } = options;

  app.get("/v1/datasets", {
    schema: {
      ...{ operationId: "datasets", tags: ["results"], summary: "All datasets, and how far they are" },
      response: withProblems({ 200: json("By name", list(datasetDocument)) }, 401, 429),
    },
    handler: async () => datasets().map((one) => ({ ...told(one), stored: options.store() !== null })),
  });

  app.get<OfDataset>("/v1/:dataset/windows", {
    schema: {
      ...{ operationId: "windows", tags: ["results"], summary: "The latest windows in short, oldest first" },
      params: datasetParameter(names),
      querystring: query({ limit }),
      response: withProblems({ 200: json("Windows", list(windowDocument)) }, 400, 401, 404, 429),
    },
    handler: async ({ params, query: given }) => {
      onlyKnown(given, ["limit"]);
      return find(params.dataset).parts.shelf.summaries(numberIn(given, "limit", { least: 1, most: 100_000 }) ?? 50);
    },
  });

  app.get<{ Querystring: Record<string, unknown> }>("/v1/events", {
    schema: {
      ...{ operationId: "events", tags: ["results"], summary: "Windows and alerts as they come (server-sent events)" },
      description:
        "Events window (in short, as /windows) and alert. With Last-Event-ID those that were missed come first, if there are not too many. Who reads too slowly is let go.",
      querystring: query({ dataset: { ...text, description: "this one alone" } }),
      response: withProblems(
        { 200: { description: "A stream", content: { "text/event-stream": { schema: text } } } },
        ...[400, 401, 404, 429, 503],
      ),
    },
    handler: async (request, reply) => {
      onlyKnown(request.query, ["dataset"]);
      const dataset = textIn(request.query, "dataset");
      if (dataset !== undefined) find(dataset);
      const last = Number(request.headers["last-event-id"] ?? Number.NaN);
      const stream = new PassThrough({ highWaterMark: 2 ** 16 });
      const wanted = { ...(dataset !== undefined && { dataset }), ...(Number.isFinite(last) && { after: last }) };
      if (request.method !== "HEAD" && !events.add(stream, wanted)) {
        throw new Problem(503, "there are as many listeners as there may be", { headers: { "retry-after": "10" } });
      }
      if (request.method === "HEAD") stream.end();
      return reply
        .headers({ "cache-control": "no-store", "x-accel-buffering": "no" })
        .type("text/event-stream")
        .send(stream);
    },
  });
}

function told({ name, applied, parts }: Dataset) {
  const { spool, monitor, schemas, shelf, firing } = parts;
  const last = shelf.summaries(1)[0] ?? null;
  return {
    ...{ name, model: last?.model ?? null, sequence: spool.last, applied },
    ...{ pendingWindows: monitor.pending, columns: schemas.columns.shapes.size, firing: firing(), last },
  };
}

function addReports(app: FastifyInstance, { names, find }: ResultsOptions): void {
  const result = async (dataset: string, given: Record<string, unknown>): Promise<WindowResult> => {
    onlyKnown(given, ["window"]);
    const id = textIn(given, "window");
    const found = await find(dataset).parts.shelf.result(id);
    if (found) return found;
    throw new Problem(
      404,
      id === undefined ? "no window was told yet" : `window ${id.slice(0, 200)} is not one that is kept`,
    );
  };
  const schema = (form: string, type: string) => ({
    ...{ operationId: `report-${form}`, tags: ["results"], summary: `What was found of a window, as ${form}` },
    params: datasetParameter(names),
    querystring: query({ window }),
    response: withProblems(
      { 200: { description: "A report", content: { [type]: { schema: type === "application/json" ? some : text } } } },
      ...[400, 401, 404, 429],
    ),
  });
  app.get<OfDataset>("/v1/:dataset/report", {
    schema: schema("JSON", "application/json"),
    handler: async ({ params, query: given }) => result(params.dataset, given),
  });
  app.get<OfDataset>("/v1/:dataset/report.html", {
    schema: schema("HTML", "text/html"),
    handler: async ({ params, query: given }, reply) => {
      const found = compared(await result(params.dataset, given));
      const { renderHtml } = await import("../render/html/page.js");
      return reply.type("text/html; charset=utf-8").send(renderHtml(found.report, { names: namesOf(found) }));
    },
  });
  app.get<OfDataset>("/v1/:dataset/report.md", {
    schema: schema("Markdown", "text/markdown"),
    handler: async ({ params, query: given }, reply) => {
      const found = compared(await result(params.dataset, given));
      const { renderMarkdown } = await import("../render/markdown.js");
      return reply.type("text/markdown; charset=utf-8").send(renderMarkdown(found.report, { names: namesOf(found) }));
    },
  });
}

type Compared = WindowResult & { readonly report: NonNullable<WindowResult["report"]> };

function compared(result: WindowResult): Compared {
  if (result.report) return result as Compared;
  throw new Problem(404, `window ${result.id} was not compared: ${result.reason}`);
}

function namesOf({ dataset, start, end, reference }: Compared): {
  readonly reference: string;
  readonly current: string;
} {
  const [from, to] = [start, end].map((one) => new Date(one).toISOString());
  return { reference: `${reference?.kind ?? "fixed"} reference`, current: `${dataset}, ${from} to ${to}` };
}

function addStored(app: FastifyInstance, { names, find, store }: ResultsOptions): void {
  const stored = (): MetricStore => {
    const found = store();
    if (found) return found;
    throw new Problem(404, "nothing is stored: the configuration has store: none");
  };
  app.get<OfDataset>("/v1/:dataset/history", {
    schema: {
      ...{ operationId: "history", tags: ["results"], summary: "A number over the windows, oldest first" },
      params: datasetParameter(names),
      querystring: query({
        name: { ...text, description: "of docs/metrics.md; drift if not given" },
        ...{ column: text, segment: text, side: text, from: time, to: time, limit },
      }),
      response: withProblems({ 200: json("Points", list(some)) }, 400, 401, 404, 429, 503),
    },
    handler: async ({ params, query: given }) => {
      onlyKnown(given, ["name", "column", "segment", "side", "from", "to", "limit"]);
      const texts = ["name", "column", "segment", "side"].map((name) => [name, textIn(given, name)]);
      const numbers = ["from", "to"].map((name) => [name, numberIn(given, name, timeRange)]);
      const most = ["limit", numberIn(given, "limit", { least: 1, most: 100_000 })];
      const wanted = Object.fromEntries([...texts, ...numbers, most].filter(([, value]) => value !== undefined));
      return stored().history({ dataset: find(params.dataset).name, ...wanted });
    },
  });
  app.get<OfDataset>("/v1/:dataset/alerts", {
    schema: {
      ...{ operationId: "alerts", tags: ["results"], summary: "Alerts, newest first" },
      params: datasetParameter(names),
      querystring: query({ from: time, limit }),
      response: withProblems({ 200: json("Alerts", list(some)) }, 400, 401, 404, 429, 503),
    },
    handler: async ({ params, query: given }) => {
      onlyKnown(given, ["from", "limit"]);
      const [from, most] = [numberIn(given, "from", timeRange), numberIn(given, "limit", { least: 1, most: 100_000 })];
      return stored().alerts({
        dataset: find(params.dataset).name,
        ...(from !== undefined && { from }),
        ...(most !== undefined && { limit: most }),
      });
    },
  });
}
