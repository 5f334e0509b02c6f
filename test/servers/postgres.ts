/** A PostgreSQL of its own for a test, where its programs are installed. */
import { afterAll, beforeAll } from "vitest";
import * as programs from "./start-postgres.js";

export interface PostgresServer {
  /** Of a superuser with a password, for a database that exists. */
  readonly url: string;
  readonly password: string;
  /** As a crash: nothing is said to those who are connected. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Whether there is a PostgreSQL to be started here. */
export const hasPostgres: boolean = programs.hasPostgres;

export const startPostgres: () => Promise<PostgresServer> = programs.startPostgres;

/** One for the tests of a `describe`: started before the first of them, removed after the last. */
export function postgresOfTests(): () => PostgresServer {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());
  return () => server;
}
