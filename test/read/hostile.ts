/** Reads hostile files in a child process, which is reused until it hangs or dies. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Outcome {
  readonly rows?: number;
  readonly columns?: string[];
  readonly unsupported?: [string, string][];
  /** The error's name: `FormatError`, or `Hang` and `Crash` when the process did not answer. */
  readonly error?: string;
  readonly message?: string;
  /** Of the processor. */
  readonly milliseconds: number;
  /** The most memory that the process ever had, in bytes. */
  readonly rss: number;
}

/** After which a process is held to hang, on a busy machine too. */
const patience = 60_000;
const script = fileURLToPath(new URL("./hostile-child.js", import.meta.url));

export class Hostile {
  #child: ChildProcess | undefined;

  /** What becomes of a file; `open`: of one that stays where it is. */
  read(path: string, format?: string, open = false): Promise<Outcome> {
    this.#child ??= fork(script, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    const child = this.#child;
    return new Promise((resolve) => {
      const end = (outcome: Outcome) => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (outcome.error === "Hang" || outcome.error === "Crash") this.close();
        resolve(outcome);
      };
      const timer = setTimeout(() => end({ error: "Hang", milliseconds: patience, rss: 0 }), patience);
      child.once("message", (outcome) => end(outcome as Outcome));
      child.once("exit", (code) => end({ error: "Crash", message: `exit ${code}`, milliseconds: 0, rss: 0 }));
      child.send({ path, format, open });
    });
  }

  close(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }
}
