/** A PostgreSQL of its own for a test, where its programs are installed. */
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
