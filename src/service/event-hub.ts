/** Server-sent events: whoever listens is told of windows and alerts as they come. */
import type { Writable } from "node:stream";

export interface ServiceEvent {
  readonly type: "window" | "alert";
  readonly dataset: string;
  readonly data: object;
}

/** Events that are told again to those who come back with `Last-Event-ID`. */
const remembered = 256;
/** Bytes that a listener may be behind; who is slower is let go, and may come back. */
const mostBehind = 2 ** 20;
const heartbeat = 15_000;

interface Listener {
  readonly stream: Writable;
  readonly dataset: string | undefined;
}

export class EventHub {
  readonly #most: number;
  readonly #listeners = new Set<Listener>();
  readonly #latest: { readonly id: number; readonly event: ServiceEvent; readonly text: string }[] = [];
  /** Numbers of events differ between starts of the service: they begin with the time. */
  #next = Date.now() * 1000;
  #timer: NodeJS.Timeout | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** @returns whether there is room for one more */
  add(stream: Writable, { dataset, after }: { readonly dataset?: string; readonly after?: number } = {}): boolean {
    if (this.#listeners.size >= this.#most) return false;
    const listener = { stream, dataset };
    this.#listeners.add(listener);
    const leave = () => this.#remove(listener);
    stream.on("close", leave).on("error", leave);
    stream.write("retry: 2000\n\n");
    for (const { id, event, text } of this.#latest) {
      if (after !== undefined && id > after) this.#tell(listener, event.dataset, text);
    }
    this.#timer ??= setInterval(() => this.#beat(), heartbeat).unref();
    return true;
  }

  send(event: ServiceEvent): void {
    const id = this.#next++;
    const text = `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
    this.#latest.push({ id, event, text });
    if (this.#latest.length > remembered) this.#latest.shift();
    for (const listener of this.#listeners) this.#tell(listener, event.dataset, text);
  }

  close(): void {
    for (const listener of this.#listeners) {
      listener.stream.end();
      this.#remove(listener);
    }
  }

  #tell(listener: Listener, dataset: string, text: string): void {
    if (listener.dataset !== undefined && listener.dataset !== dataset) return;
    if (listener.stream.writableLength > mostBehind) {
      listener.stream.destroy();
      this.#remove(listener);
    } else listener.stream.write(text);
  }

  #beat(): void {
    for (const { stream } of this.#listeners) if (stream.writableLength === 0) stream.write(": still here\n\n");
  }

  #remove(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
