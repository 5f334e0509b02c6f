/** The HTTP application: who may ask, how much, and how errors are told. What is asked is in the routes. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { version } from "../engine/version.js";
import { milliseconds } from "../monitor/duration.js";
import { StoreError } from "../store/store-error.js";
import type { ServiceConfig } from "./config.js";
import { livePath } from "./live-routes.js";
import { servicePackages } from "./packages.js";
import { Problem, problemBody, problemType } from "./problem.js";

/** Whether the service takes rows, and why not. */
export interface Readiness {
  readonly state: "starting" | "ready" | "closing" | "failed";
  readonly reason: string;
}

/** For now: `retry-after` says so. */
export function notReady({ reason }: Readiness): Problem {
  return new Problem(503, reason, { headers: { "retry-after": "1" } });
}

export interface AppOptions {
  readonly config: ServiceConfig;
  readonly readiness: () => Readiness;
  /** Where log lines go; the standard output if not given. */
  readonly logTo?: { write(line: string): void };
}

/** Paths open to everybody where none are named. */
const openPaths = [livePath, "/healthz", "/readyz"];
const headersTimeout = 15_000;

export async function makeApp({ config, readiness, logTo }: AppOptions): Promise<FastifyInstance> {
  const { fastify, LogController, bearerAuth, rateLimit, swagger } = await servicePackages();
  const { listen = {}, limits = {}, auth = {}, log = {} } = config;
  const requestTimeout = milliseconds("limits.requestTimeout", limits.requestTimeout ?? "30s");
  const app = fastify({
    logger: {
      level: log.level ?? "info",
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level: string) => ({ level }) },
      ...(logTo && { stream: logTo }),
    },
    // Requests are told below, in one line each, where there is something to tell.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestTimeout,
    ...(listen.trustProxy && { trustProxy: [...listen.trustProxy] }),
    // So many bytes of an address are enough for any that there is.
    routerOptions: { maxParamLength: 200 },
    http: {
      headersTimeout: Math.min(headersTimeout, requestTimeout),
      connectionsCheckingInterval: Math.min(1000, requestTimeout / 2),
    },
    bodyLimit: Number.MAX_SAFE_INTEGER,
    return503OnClosing: false,
    forceCloseConnections: "idle",
    clientErrorHandler: answerClientError,
    // Addresses that cannot be read: there is no route yet.
    frameworkErrors: (error, request, reply) => {
      reply.header("x-request-id", request.id);
      answer(error, request, reply as FastifyReply);
    },
  });
  // Bodies are looked at by the routes, in words of their own; schemas are for the document.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler<FastifyError>((error, request, reply) => answer(error, request, reply));
  const open = new Set(auth.open ?? openPaths);
  await app.register(swagger, {
    transform: ({ schema, url }) => ({ url, schema: open.has(url) ? { ...schema, security: [] } : schema }),
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Smirnov",
        version,
        description: "Rows in, windows, verdicts and alerts out. Errors are application/problem+json (RFC 9457).",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/" }],
      ...(auth.tokens && {
        components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
        security: [{ token: [] }],
      }),
    },
  });
  await app.register(rateLimit, {
    global: false,
    max: limits.requestsPerMinute ?? 6000,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { after, max }) =>
      new Problem(429, `more than ${max} requests of one address in a minute; try again in ${after}`),
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  const isOpen = (request: FastifyRequest): boolean => open.has(request.url.split("?", 1)[0]!);
  // Guessing tokens is limited too, and whoever watches over the service is not.
  const limited = app.rateLimit();
  app.addHook("onRequest", async function (request, reply) {
    if (!isOpen(request)) await limited.call(this, request, reply);
  });
  if (auth.tokens) {
    await app.register(bearerAuth, {
      addHook: false,
      keys: new Set(auth.tokens),
      specCompliance: "rfc6749",
      verifyErrorLogLevel: "debug",
    });
    app.addHook("onRequest", (request, reply, done) => {
      if (isOpen(request) || !app.verifyBearerAuth) done();
      else app.verifyBearerAuth(request, reply, done);
    });
  }
  app.addHook("onRequest", async (request) => {
    const now = readiness();
    if (now.state === "ready" || isOpen(request) || request.method === "GET" || request.method === "HEAD") return;
    throw notReady(now);
  });
  // Whoever is answered at the end must not wait for more on the same connection.
  app.addHook("onSend", async (_request, reply) => {
    if (readiness().state === "closing") reply.header("connection", "close");
  });
  app.addHook("onResponse", async (request, reply) => {
    request.log[levelOf(request, reply.statusCode)](
      {
        method: request.method,
        path: request.url.split("?", 1)[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 100) / 100,
        address: request.ip,
      },
      "request",
    );
  });
  answerWhatIsNotThere(app);
  // Whether a body is wanted is known once the request was looked at: who reads it says so.
  app.server.on("checkContinue", (request, response) => app.server.emit("request", request, response));
  return app;
}

/** That it starts, ends, or has too much to do is no error; those who ask whether it is ready do so every few seconds. */
function levelOf({ routeOptions }: FastifyRequest, status: number): "error" | "warn" | "debug" {
  if (status < 400 || routeOptions.url === "/readyz") return "debug";
  return status >= 500 && status !== 503 ? "error" : "warn";
}

/** 405 for what may be asked otherwise, else 404. */
function answerWhatIsNotThere(app: FastifyInstance): void {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  app.addHook("onRoute", ({ url, method }) => {
    const pattern = new RegExp(`^${url.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`);
    const { methods } = routes.get(url) ?? { methods: new Set<string>() };
    for (const one of [method].flat()) methods.add(one);
    routes.set(url, { pattern, methods });
  });
  const notThere = (request: FastifyRequest): Problem => {
    const path = request.url.split("?", 1)[0]!;
    const found = [...routes.values()].find(({ pattern }) => pattern.test(path));
    if (!found) return new Problem(404, `there is nothing at ${path}`);
    const allow = [...found.methods].sort().join(", ");
    return new Problem(405, `${path} takes ${allow}, got ${request.method}`, { headers: { allow } });
  };
  // Before anything is made of a body.
  app.addHook("onRequest", async (request) => {
    if (request.is404) throw notThere(request);
  });
  app.setNotFoundHandler((request) => {
    throw notThere(request);
  });
}

function answer(
  error: FastifyError | Problem | StoreError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, detail, place = {}, headers = {} } = told(error);
  if (error instanceof Problem) {
    if (status >= 500) request.log[levelOf(request, status)]({ status, detail }, "refused");
  } else if (status >= 500) request.log.error({ err: error }, "failed");
  // Of a body that was not read to its end nothing can follow on the same connection; one that was waited for may not come.
  if (status === 413 || status === 429 || status === 415 || request.headers.expect !== undefined) {
    if (!request.raw.complete) reply.header("connection", "close");
  }
  return reply
    .code(status)
    .headers(headers)
    .type(problemType)
    .send(problemBody(status, detail, request.id, place));
}

function told(error: FastifyError | Problem | StoreError): Pick<Problem, "status"> & {
  readonly detail: string;
  readonly place?: Problem["place"];
  readonly headers?: Problem["headers"];
} {
  if (error instanceof Problem) {
    return { status: error.status, detail: error.message, place: error.place, headers: error.headers };
  }
  if (error instanceof StoreError) {
    return { status: 503, detail: "the store does not answer; try again in a while", headers: { "retry-after": "5" } };
  }
  const { code = "", statusCode = 500 } = error as FastifyError;
  if (code.startsWith("FST_BEARER_AUTH")) {
    const missing = code.includes("MISSING");
    return {
      status: 401,
      detail: missing ? "needs a token: Authorization: Bearer <token>" : "the token is not one that is known",
      headers: {
        "www-authenticate": missing ? 'Bearer realm="smirnov"' : 'Bearer realm="smirnov", error="invalid_token"',
      },
    };
  }
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return { status: 415, detail: "the content type is not one that is read here" };
  if (code === "FST_ERR_MAX_PARAM_LENGTH") return { status: 404, detail: "there is no dataset of such a long name" };
  if (code === "ECONNRESET") return { status: 400, detail: "the request ended before its body did" };
  // What we did not foresee is told to the log alone.
  return statusCode < 500
    ? { status: statusCode, detail: error.message }
    : { status: 500, detail: "something went wrong here; the log has it under the request id" };
}

const clientErrors: Readonly<Record<string, readonly [status: string, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "the request did not arrive in time"],
  HPE_INVALID_EOF_STATE: ["400 Bad Request", "the request ended before its body did"],
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "the headers are too large"],
};

/** What is no HTTP, and what comes too slowly: there is no request to answer, only a connection. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const [line, detail] = clientErrors[error.code ?? ""] ?? ["400 Bad Request", "this is no HTTP request"];
  // An answer may be under way on this connection.
  const { _httpMessage: begun } = socket as Socket & { readonly _httpMessage?: ServerResponse | null };
  if (socket.writable && !begun?.headersSent) {
    const body = JSON.stringify(problemBody(Number(line.slice(0, 3)), detail, null));
    const head = `content-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
    socket.end(`HTTP/1.1 ${line}\r\n${head}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
