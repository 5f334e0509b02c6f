/** What those who run the service ask: is it there, does it take rows, what are its numbers. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { version } from "../engine/version.js";
import type { PrometheusExporter } from "../exporters/prometheus.js";
import type { Readiness } from "./app.js";
import { type Document, json, withProblems } from "./documents.js";
import { Problem } from "./problem.js";

export interface OperationsOptions {
  readonly readiness: () => Readiness;
  /** `null`: not exported. */
  readonly prometheus: PrometheusExporter | null;
}

const compressed = promisify(gzip);

/** Prometheus asks for it: what a thousand columns tell is a twentieth then. */
function takesGzip(accepted = ""): boolean {
  return accepted.split(",").some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
}

const text = { type: "string" };
const status = (properties: Document): Document => ({ type: "object", properties, additionalProperties: false });

export function addOperationsRoutes(app: FastifyInstance, { readiness, prometheus }: OperationsOptions): void {
  const about = { tags: ["operations"] };
  app.get("/healthz", {
    schema: {
      ...{ ...about, operationId: "health", summary: "Whether the process is there" },
      response: { 200: json("It is", status({ status: text, version: text }), { status: "ok", version }) },
    },
    handler: async () => ({ status: "ok", version }),
  });
  const ready = status({ status: { ...text, enum: ["starting", "ready", "closing", "failed"] }, reason: text });
  app.get("/readyz", {
    schema: {
      ...{ ...about, operationId: "ready", summary: "Whether it takes rows" },
      response: {
        200: json("It does", ready, { status: "ready", reason: "rows are taken" }),
        503: json("It does not", ready, { status: "starting", reason: "records are replayed" }),
      },
    },
    handler: async (_, reply) => {
      const { state, reason } = readiness();
      return reply.code(state === "ready" ? 200 : 503).send({ status: state, reason });
    },
  });
  app.get("/metrics", {
    schema: {
      ...{ ...about, operationId: "metrics", summary: "Numbers for Prometheus, by gzip for who accepts it" },
      response: withProblems(
        { 200: { description: "Text", content: { "text/plain": { schema: text } } } },
        ...[401, 404, 429],
      ),
    },
    handler: async ({ headers }, reply) => {
      if (!prometheus) throw new Problem(404, "the configuration has exporters.prometheus: false");
      reply.type(prometheus.contentType).header("vary", "accept-encoding");
      const page = await prometheus.metrics();
      if (!takesGzip(headers["accept-encoding"])) return reply.send(page);
      return reply.header("content-encoding", "gzip").send(await compressed(page));
    },
  });
  app.get("/openapi.json", {
    schema: {
      ...{ ...about, operationId: "openapi", summary: "This document" },
      response: withProblems({ 200: json("OpenAPI 3.1", { type: "object", additionalProperties: true }) }, 401, 429),
    },
    handler: async () => app.swagger(),
  });
}
