/**
 * What a worker thread starts with: it imports the module that it is told of, once. CommonJS, because Piscina requires its
 * file before it imports it, and requiring modules from several tasks at a time ends Node 20 with an assertion.
 */

/** One task: the function of that name in the module at that address, and what it is given. */
interface Call {
  readonly file: string;
  readonly name: string;
  readonly message: unknown;
}

export = async ({ file, name, message }: Call): Promise<unknown> => {
  const tasks = (await import(file)) as { readonly [name: string]: ((message: unknown) => unknown) | undefined };
  const task = tasks[name];
  if (task === undefined) throw new Error(`there is no task ${name}`);
  return handedOver(await task(message));
};

/** What found nothing but bytes of its own hands them over; all else is copied. */
async function handedOver(outcome: unknown): Promise<unknown> {
  const { result } = (outcome ?? {}) as { readonly result?: unknown };
  if (!(result instanceof Uint8Array && result.buffer instanceof ArrayBuffer)) return outcome;
  if (result.byteLength < result.buffer.byteLength) return outcome;
  const { move, transferableSymbol, valueSymbol } = await import("piscina");
  return move({ [transferableSymbol]: [result.buffer], [valueSymbol]: outcome } as never);
}
