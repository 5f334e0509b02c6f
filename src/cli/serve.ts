/** `smirnov serve`: a service until it is told to end. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ServiceConfig } from "../service/config.js";
import { checkedConfig, parseServiceConfig } from "../service/parse-config.js";
import { createService } from "../service/service.js";
import type { Surroundings } from "./run.js";
import type { ServeCommand } from "./serve-command.js";
import { UsageError } from "./usage-error.js";

const signals = ["SIGTERM", "SIGINT"] as const;
/** What a shell says of a process that a signal ended, less the signal's number. */
const signalled = 128;
const signalNumbers = { SIGTERM: 15, SIGINT: 2 } as const;

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read",
};

/** @returns when the service has ended: 0 where nothing is left to be done */
export async function serve(command: ServeCommand, { output, environment }: Surroundings): Promise<number> {
  const config = withAddress(await configOf(command.config, environment), command);
  if (command.check) {
    const names = Object.keys(config.datasets);
    output.write(`${command.config} is right: ${names.length === 1 ? "dataset" : "datasets"} ${names.join(", ")}\n`);
    return 0;
  }
  const service = await createService(config, { folder: dirname(resolve(command.config)) });
  const told = endOf();
  try {
    await service.listen();
  } catch (error) {
    told.forget();
    await service.close();
    throw error;
  }
  await told.end;
  await service.close();
  told.forget();
  return 0;
}

async function configOf(file: string, environment: Surroundings["environment"]): Promise<ServiceConfig> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    throw new UsageError(`--config ${file} cannot be read: ${unreadable[code] ?? code}`);
  }
  return parseServiceConfig(text, file, environment);
}

function withAddress(config: ServiceConfig, { host, port }: ServeCommand): ServiceConfig {
  if (host === undefined && port === undefined) return config;
  const listen = { ...config.listen, ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
  return checkedConfig("smirnov serve", { ...config, listen });
}

/** The first signal ends the service in good order, the second at once. */
function endOf(): { readonly end: Promise<void>; readonly forget: () => void } {
  let asked = false;
  let resolveEnd = (): void => {};
  const end = new Promise<void>((done) => {
    resolveEnd = done;
  });
  const onSignal = (signal: (typeof signals)[number]): void => {
    if (asked) process.exit(signalled + signalNumbers[signal]);
    asked = true;
    resolveEnd();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    end,
    forget: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
