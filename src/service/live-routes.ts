/** `GET /`: the live page. It holds no data, so it is open to everybody; what it asks for needs the token. */
import type { FastifyInstance } from "fastify";

export const livePath = "/";

export function addLiveRoutes(app: FastifyInstance): void {
  app.get(livePath, {
    schema: {
      ...{ operationId: "live", tags: ["results"], summary: "A page that shows windows and alerts as they come" },
      response: { 200: { description: "A page", content: { "text/html": { schema: { type: "string" } } } } },
    },
    handler: async (_, reply) => {
      const { livePage, livePolicy } = await import("./live/live-page.js");
      return reply
        .headers({
          "content-security-policy": livePolicy,
          "x-content-type-options": "nosniff",
          "cache-control": "no-cache",
        })
        .type("text/html; charset=utf-8")
        .send(livePage);
    },
  });
}
