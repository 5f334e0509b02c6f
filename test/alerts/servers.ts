/** Servers that tests send to, which answer as they are told to, and keep what came. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly time: number;
}

export interface Listening {
  readonly url: string;
  readonly requests: Request[];
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** @param answer the k-th request, from 0 */
export async function listening(
  answer: (request: Request, response: ServerResponse, k: number) => void = (_, response) => response.end(),
): Promise<Listening> {
  const requests: Request[] = [];
  const server = createServer(async (message: IncomingMessage, response) => {
    let body = "";
    for await (const data of message) body += data;
    const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
    const request = { path: message.url ?? "", headers, body, time: Date.now() };
    requests.push(request);
    answer(request, response, requests.length - 1);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

export const answering =
  (...statuses: number[]) =>
  (_: Request, response: ServerResponse, k: number) => {
    response.statusCode = statuses[Math.min(k, statuses.length - 1)]!;
    response.end("an answer");
  };
