import { configureGlobal } from "fast-check";

// Laws draw the same cases in every run of the tests, so that a commit that passed keeps passing. `npm run laws` draws
// others; fast-check tells the seed of a failure, and `LAWS_SEED=<seed> npm run laws` draws its cases again.
configureGlobal({ seed: Number(process.env.LAWS_SEED ?? 42) });
