/** Results of every kind, in which each part of a report is there. */
import { compare, type DriftReport, modelQuality, prepare, profile, quality } from "smirnov";

const count = 300;
const wave = (k: number, step: number) => ((k * step) % 97) / 97 + (k % 7) / 10;

export function table(step = 31, shift = 0) {
  const rows = Array.from({ length: count }, (_, k) => k);
  return {
    id: rows.map((k) => `id${k}`),
    price: rows.map((k) => (k % 19 === 0 ? null : 100 * wave(k, step) + shift)),
    weight: rows.map((k) => 3 * wave(k, step) + wave(k, 17)),
    city: rows.map((k) => (k % 23 === 0 ? "" : "abcd"[(k * step) % (shift > 0 ? 4 : 3)])),
    shop: rows.map((k) => "xyz"[(k * 7) % 3]),
    flag: rows.map((k) => k % 3 === 0),
    when: rows.map((k) => new Date(Date.UTC(2024, 0, 1, k))),
    target: rows.map((k) => (wave(k, step) + wave(k, 11) > 1.2 ? "yes" : "no")),
    prediction: rows.map((k) => (wave(k, step) + wave(k, 13) / 3 > 0.75 ? "yes" : "no")),
    score: rows.map((k) => wave(k, step) / 2),
    amount: rows.map((k) => 10 * wave(k, step)),
    guess: rows.map((k) => 10 * wave(k, step) + wave(k, 13)),
    query: rows.map((k) => `q${k % 20}`),
    relevance: rows.map((k) => k % 4),
    constant: rows.map(() => 1),
  };
}

const [reference, current] = [table(), table(37, 20)];
const simple = ({ price, city, flag }: ReturnType<typeof table>) => ({ price, city, flag });

export const classification = await compare(reference, current, {
  quality: true,
  by: "shop",
  correlations: { matrix: true, most: 12 },
  target: "target",
  prediction: "prediction",
  features: ["price", "weight", "city"],
  joint: true,
  startOfServing: table(41, 5),
  modelQuality: { scores: "score", positive: "yes" },
  schedule: { perDay: 24 },
});

const models = {
  regression: await modelQuality(reference, current, { target: "amount", prediction: "guess" }),
  ranking: await modelQuality(reference, current, {
    target: "relevance",
    scores: "score",
    query: "query",
    k: [3, 10],
  }),
};

export const results = {
  classification,
  ...models,
  plain: await compare(simple(reference), simple(current)),
  paired: await compare(reference, current, { pairBy: "id", columns: ["price", "city", "flag"] }),
  clustered: await compare(reference, current, { clusterBy: "query", columns: ["price", "city"] }),
  prepared: await compare(prepare(simple(reference)), simple(current), { quality: true }),
  evidently: await compare(simple(reference), simple(current), { preset: "evidently" }),
  profiles: await compare(await profile(reference), await profile(current)),
  quality: await quality(reference),
  profile: await profile(reference),
} satisfies { [name: string]: Parameters<typeof import("smirnov").metricsOf>[0] };

export const driftReport: DriftReport = classification;
