/**
 * Plans: a statistic as a pure generator of questions. It yields what one pass over the data must answer, receives the
 * answers in that order, and returns its result. It does no I/O, touches no memory and knows no thread, so one
 * implementation serves typed arrays, prepared references, files and databases alike.
 */
import { throwIfCancelled } from "../engine/cancel.js";
import type { Source } from "./source.js";

export type Ask = keyof Source;
export type Answer<A extends Ask> = ReturnType<Source[A]>;
/** 0 is the reference, 1 the current side; of several columns, their place. */
export type Side = number;

export interface Request {
  readonly side: Side;
  readonly ask: Ask;
  readonly with: readonly unknown[];
}

export type Plan<R> = Generator<readonly Request[], R, readonly unknown[]>;

/** Asks both sides the same question. */
export function* both<A extends Ask>(
  ask: A,
  ...args: Parameters<Source[A]>
): Plan<[reference: Answer<A>, current: Answer<A>]> {
  return (yield [
    { side: 0, ask, with: args },
    { side: 1, ask, with: args },
  ]) as [Answer<A>, Answer<A>];
}

/** Asks each of `count` columns the same question. */
export function* each<A extends Ask>(count: number, ask: A, ...args: Parameters<Source[A]>): Plan<Answer<A>[]> {
  return (yield Array.from({ length: count }, (_, side) => ({ side, ask, with: args }))) as Answer<A>[];
}

/** Asks one side. */
export function* one<A extends Ask>(side: Side, ask: A, ...args: Parameters<Source[A]>): Plan<Answer<A>> {
  return (yield [{ side, ask, with: args }])[0] as Answer<A>;
}

/** What each of several plans returns. */
type Results<P> = { -readonly [K in keyof P]: P[K] extends Plan<infer R> ? R : never };

/** Runs plans side by side: what they ask in the same step is one list, which a driver may answer in one pass. */
export function* together<P extends readonly Plan<unknown>[]>(...plans: P): Plan<Results<P>> {
  const steps = plans.map((plan) => plan.next());
  while (steps.some(({ done }) => !done)) {
    const asked: Request[] = [];
    for (const step of steps) if (!step.done) asked.push(...step.value);
    const answers = yield asked;
    let from = 0;
    for (let k = 0; k < steps.length; k++) {
      const step = steps[k]!;
      if (step.done) continue;
      const to = from + step.value.length;
      steps[k] = plans[k]!.next(answers.slice(from, to));
      from = to;
    }
  }
  return steps.map(({ value }) => value) as Results<P>;
}

/** Runs a plan to its end, here and now; on a worker thread, until it is no longer wanted. */
export function answerNow<R>(plan: Plan<R>, ...sources: readonly Source[]): R {
  let step = plan.next();
  while (!step.done) {
    throwIfCancelled();
    step = plan.next(
      step.value.map(({ side, ask, with: args }) =>
        (sources[side]![ask] as (...args: readonly unknown[]) => unknown).apply(sources[side], args as unknown[]),
      ),
    );
  }
  return step.value;
}
