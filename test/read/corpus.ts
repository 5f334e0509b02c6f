/** External test material beside the repository; tests skip by name where it is not. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The path of a corpus file or folder. */
export const corpus = (path: string) => fileURLToPath(new URL(`../../../shared/corpus/${path}`, import.meta.url));

export const hasCorpus = (path: string) => existsSync(corpus(path));
