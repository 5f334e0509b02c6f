/** Connections of a server, and which of them wait for an answer. Node's own list loses some whose parsers were used before. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export class Connections {
  readonly #open = new Set<Socket>();
  readonly #answering = new Map<Socket, number>();

  constructor(server: Pick<Server, "on">) {
    server.on("connection", (socket: Socket) => {
      this.#open.add(socket);
      socket.on("close", () => this.#open.delete(socket));
    });
    server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.#answering.set(socket, (this.#answering.get(socket) ?? 0) + 1);
      response.on("close", () => {
        const left = (this.#answering.get(socket) ?? 1) - 1;
        if (left > 0) this.#answering.set(socket, left);
        else this.#answering.delete(socket);
      });
    });
  }

  /** Ends those on which nobody waits for an answer; or all. */
  end(all: boolean): void {
    for (const socket of this.#open) if (all || !this.#answering.has(socket)) socket.destroy();
  }
}
