// Ports for servers of tests that cannot choose one themselves. JavaScript, for benchmarks too.
import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems give away by themselves: nobody gets one between its choice and its use. */
const [first, last] = [20_000, 32_000];

/** A port of 127.0.0.1 where nobody listens. */
export async function freePort(tries = 100) {
  const port = first + Math.floor(Math.random() * (last - first));
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (tries > 0) return freePort(tries - 1);
    throw error;
  }
  server.close();
  await once(server, "close");
  return port;
}
