import { adjust, compare, prepare } from "smirnov";
import { describe, expect, it } from "vitest";
import { renderText } from "../../dist/render/text.js";
import { sample } from "../statistics/samples.js";

const countries = ["DE", "FR", "IT"];
const devices = ["web", "app"];

/** Rows of three countries and two devices; what `shift` names moves by 1. */
const side = (length: number, seed: number, shift: (country: string, device: string) => boolean = () => false) => {
  const country = Array.from({ length }, (_, k) => countries[k % 3]!);
  const device = Array.from({ length }, (_, k) => devices[(k >> 2) % 2]!);
  const price = sample("normal", length, seed).map((x, k) => x + Number(shift(country[k]!, device[k]!)));
  return { country, device, price, visits: sample("lognormal", length, seed + 1) };
};

const before = side(3000, 1);
const after = side(3000, 10, (country) => country === "IT");

describe("compare by segments", () => {
  it("reports each segment, in which only what drifted there drifted, and the whole as ever", async () => {
    const { segments, ...whole } = await compare(before, after, { by: "country" });
    expect(whole).toEqual(await compare(before, after));
    expect(Object.keys(segments!)).toEqual(["country=DE", "country=FR", "country=IT"]);
    const drifted = Object.values(segments!).map(({ columns }) => columns.price!.drifted);
    expect(drifted).toEqual([false, false, true]);
    const { values, status, rows, share, columns } = segments!["country=IT"]!;
    expect({ values, status, rows, share }).toEqual({
      values: { country: "IT" },
      status: "ok",
      rows: { reference: 1000, current: 1000 },
      share: { reference: 1 / 3, current: 1 / 3 },
    });
    expect(Object.keys(columns)).toEqual(["device", "price", "visits"]);
  });

  it("finds in a segment what comparing its rows alone finds, with p-values adjusted over all segments", async () => {
    const by = ["country", "device"];
    const { segments } = await compare(before, after, { by });
    const found = Object.values(segments!);
    expect(found).toHaveLength(6);
    for (const { values, columns } of found) {
      const own = (table: typeof before) => {
        const rows = table.country.map((country, k) => country === values.country && table.device[k] === values.device);
        const kept = <T>(column: ArrayLike<T>) => Array.from(column).filter((_, k) => rows[k]);
        return { price: kept(table.price), visits: kept(table.visits) };
      };
      const alone = await compare(own(before), own(after));
      for (const [name, { statistic, pValue, effect, summary, shape }] of Object.entries(alone.columns)) {
        expect(columns[name]).toMatchObject({ statistic, pValue, effect, summary, shape });
      }
    }
    const reports = found.flatMap(({ columns }) => Object.values(columns));
    const adjusted = adjust(reports.map(({ pValue }) => pValue));
    expect(reports.map(({ adjustedPValue }) => adjustedPValue)).toEqual(adjusted);
  });

  it("names segments that are new, vanished or too small, and judges none of their columns", async () => {
    const one = {
      a: [...Array(50).fill("x"), ...Array(50).fill("gone"), ...Array(5).fill(null)],
      b: sample("normal", 105, 1),
    };
    const other = {
      a: [...Array(60).fill("x"), ...Array(5).fill(null), ...Array(40).fill("new")],
      b: sample("normal", 105, 2),
    };
    const { segments } = await compare(one, other, { by: ["a"] });
    const told = Object.fromEntries(
      Object.entries(segments!).map(([key, { status, reason }]) => [key, [status, reason]]),
    );
    expect(told).toEqual({
      "a=x": ["ok", "0 of 1 judged columns drifted, 0 % < 50 %"],
      "a=gone": ["vanished", "the current side has no such rows"],
      "a is null": ["too-few", "5 and 5 rows are too few to judge, 20 a side are needed"],
      "a=new": ["new", "the reference has no such rows"],
    });
    expect(segments!["a=gone"]).toMatchObject({ columns: {}, dataset: { judged: 0, share: null, drifted: false } });
    expect(segments!["a=new"]!.share).toEqual({ reference: 0, current: 40 / 105 });
    expect(JSON.parse(JSON.stringify(segments))).toEqual(segments);
  });

  it("compares the columns that were asked for, by others too, and counts all of them as it goes", async () => {
    const seen: string[] = [];
    const onProgress = ({ done, total, column }: { done: number; total: number; column: string }) =>
      seen.push(`${done}/${total} ${column}`);
    await compare(before, after, { columns: ["price"], by: "country", onProgress });
    expect(seen).toEqual(["1/4 price", "2/4 price (country=DE)", "3/4 price (country=FR)", "4/4 price (country=IT)"]);
  });

  it("refuses columns that are not on both sides, names that are none, and identifiers", async () => {
    await expect(compare(before, after, { by: "planet" })).rejects.toThrow(
      'compare: by names "planet", which is not a column of both sides',
    );
    await expect(compare(before, after, { by: [] })).rejects.toThrow("compare: by needs at least one column, got none");
    await expect(compare(before, after, { by: 3 as unknown as string })).rejects.toThrow(TypeError);
    await expect(compare(prepare(before), after, { by: "country" })).rejects.toThrow(
      "compare: by, pairBy and correlations need the rows of the reference, got a prepared table",
    );
    await expect(compare(before, after, { by: "price" })).rejects.toThrow("needs at most 1000 groups, got more");
  });

  it("raises no more false alarms in sixty segments than in one", async () => {
    let alarms = 0;
    for (let seed = 0; seed < 40; seed++) {
      const table = (own: number) => ({
        segment: Array.from({ length: 3000 }, (_, k) => k % 60),
        a: sample("normal", 3000, own),
        b: sample("lognormal", 3000, own + 1),
      });
      const { segments } = await compare(table(1000 + 10 * seed), table(5000 + 10 * seed), { by: "segment" });
      alarms += Number(Object.values(segments!).some(({ dataset }) => dataset.driftedColumns > 0));
    }
    // 4 800 looks at 0.005 each would alarm in every one of the 40 tables.
    expect(alarms).toBeLessThanOrEqual(2);
  });
});

describe("the text of a report with segments", () => {
  it("lists the worst first", async () => {
    const report = await compare(before, after, { by: "country" });
    const lines = renderText(report, { width: 90 }).split("\n");
    const at = lines.findIndex((line) => line.startsWith("segment"));
    expect(lines.slice(at, at + 5)).toEqual([
      "segment      rows         drifted  verdict     columns",
      "country=IT  1,000  1,000  1 of 3   some drift  price",
      "country=DE  1,000  1,000  0 of 3   –",
      "country=FR  1,000  1,000  0 of 3   –",
      "",
    ]);
  });

  it("counts those that there is no room for, and lets no name act on the terminal", async () => {
    const many = (seed: number) => ({
      key: Array.from({ length: 1200 }, (_, k) => `\u001b[2J${k % 30}`),
      x: sample("normal", 1200, seed).map((x) => x + 3 * seed),
    });
    const text = renderText(await compare(many(1), many(2), { by: "key" }));
    expect(text).toContain("… and 10 more segments, 10 of them with drifted columns");
    expect(text).not.toContain("\u001b");
  });
});
