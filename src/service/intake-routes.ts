/** What is sent: rows, labels, series, references. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Alerts } from "../alerts/alerts.js";
import type { SyncPolicy } from "../spool/spool.js";
import type { ByteBudget } from "./byte-budget.js";
import type { Dataset } from "./dataset.js";
import {
  acceptedDocument,
  type Document,
  datasetParameter,
  labelsContentDocument,
  referenceContentDocument,
  rowsContentDocument,
  seriesContentDocument,
  withProblems,
} from "./documents.js";
import { type BodyContext, decodedBody, formatsOf } from "./effects.js";
import { type Accepted, keyOf, requestHash } from "./idempotency.js";
import { formatOf } from "./media-types.js";
import { Problem } from "./problem.js";
import { readBody, tooMuch } from "./read-body.js";
import type { SentKind } from "./record.js";
import { refusal } from "./refusal.js";

export interface Intake {
  readonly dataset: Dataset;
  readonly context: BodyContext;
  /** Windows of rows without a time of their own close by the clock. */
  readonly byClock: boolean;
  readonly alerts: Alerts;
}

export interface IntakeOptions {
  /** Of all datasets. */
  readonly names: readonly string[];
  /** @throws Problem 404 */
  readonly find: (name: string) => Intake;
  readonly budget: ByteBudget;
  readonly bodyBytes: number;
  readonly sync: SyncPolicy;
  readonly accepted: (dataset: string, rows: number) => void;
  readonly rejected: (dataset: string, status: number) => void;
}

/** They are read on the thread that answers. */
const mostSeriesBytes = 8 * 2 ** 20;

interface Route {
  readonly kind: SentKind;
  readonly method: "POST" | "PUT";
  readonly summary: string;
  readonly description: string;
  readonly content: Document;
}

const routes: readonly Route[] = [
  {
    kind: "rows",
    method: "POST",
    summary: "Rows of a dataset",
    description:
      "Accepted as a whole or refused as a whole. Concurrent requests are looked at in the order of their sequences. Columns keep the kind of their first value.",
    content: rowsContentDocument,
  },
  {
    kind: "labels",
    method: "POST",
    summary: "Labels that came later, by id of their row",
    description: "Rows that have the id get the other columns; of several labels of one id the last counts.",
    content: labelsContentDocument,
  },
  {
    kind: "series",
    method: "POST",
    summary: "Values of business and system metrics",
    description: "Objects with a time (else when they came) and numbers by name: latency, errors, revenue.",
    content: seriesContentDocument,
  },
  {
    kind: "reference",
    method: "PUT",
    summary: "What windows are compared with from now on",
    description: "A table or a profile. Windows that close later are compared with it.",
    content: referenceContentDocument,
  },
];

export function addIntakeRoutes(app: FastifyInstance, options: IntakeOptions): void {
  const { names, find, budget, bodyBytes, sync, accepted, rejected } = options;
  // Bodies are read in the handlers, which know what they may be.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

  const durable = sync === "always" ? "disk" : "process";
  for (const { kind, method, summary, description, content } of routes) {
    app.route<{ Params: { dataset: string } }>({
      method,
      url: `/v1/:dataset/${kind}`,
      schema: {
        ...{ operationId: `${method.toLowerCase()}-${kind}`, tags: ["intake"], summary, description },
        params: datasetParameter(names),
        headers: {
          type: "object",
          properties: {
            "idempotency-key": {
              type: "string",
              minLength: 1,
              maxLength: 200,
              description: "the same key again is answered the same, and nothing is done again",
            },
            "content-encoding": { type: "string", enum: ["identity", "gzip"] },
          },
        },
        body: { content, required: true },
        response: withProblems({ 202: acceptedDocument }, 400, 401, 404, 408, 409, 413, 415, 422, 429, 503, 507),
      },
      onRequest: async ({ params, headers }) => {
        find(params.dataset);
        formatOf(headers["content-type"], formatsOf[kind]);
      },
      onResponse: async ({ params }, { statusCode }) => {
        if (statusCode >= 400) rejected(params.dataset, statusCode);
      },
      handler: async (request, reply) => {
        const intake = find(request.params.dataset);
        const most = kind === "series" ? Math.min(bodyBytes, mostSeriesBytes) : bodyBytes;
        if (request.headers.expect !== undefined) reply.raw.writeContinue();
        const { repeated, ...answer } = await take(intake, kind, request, { budget, most });
        if (!repeated && kind === "rows") accepted(intake.dataset.name, answer.rows);
        return reply.code(202).send({ dataset: intake.dataset.name, ...answer, durable, repeated });
      },
    });
  }
}

/** Reads a body, decides that it can be used, and appends it: in this order. */
async function take(
  { dataset, context }: Intake,
  kind: SentKind,
  { headers, raw }: FastifyRequest,
  limits: { readonly budget: ByteBudget; readonly most: number },
): Promise<Accepted & { readonly repeated: boolean }> {
  const key = keyOf(headers["idempotency-key"]);
  const type = headers["content-type"] ?? "";
  const length = headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
  const body = await readBody(raw, { encoding: headers["content-encoding"], length }, limits);
  let taken = body.length;
  const work = async (hash?: string): Promise<Accepted> => {
    const decoded = await decodedBody(kind, type, body, context);
    const { rows, bytes, effect } = decoded;
    const share = dataset.needRoom(decoded, context.room);
    // What is few bytes may be many once it was read.
    if (!limits.budget.change(taken, bytes)) throw tooMuch();
    taken = 0;
    const about = { kind, type, rows, ...(key !== undefined && hash !== undefined && { key, hash }) };
    return dataset.append(about, body, bytes, effect, share).catch((error) => {
      throw refusal(error);
    });
  };
  try {
    if (key === undefined) return { ...(await work()), repeated: false };
    const hash = requestHash(kind, type, body);
    return await dataset.parts.keys.once(key, hash, Date.now(), () => work(hash));
  } finally {
    limits.budget.give(taken);
  }
}

/** The dataset that is meant, or what may be meant. */
export function unknownDataset(name: string, near: string): Problem {
  return new Problem(404, `there is no dataset ${JSON.stringify(name)}${near}`);
}
