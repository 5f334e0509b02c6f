import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError, modelQuality } from "../../dist/index.js";
import { rowsToTable } from "../../dist/monitor/index.js";
import { LabelJoin } from "../../dist/monitor/label-join.js";
import { labelSettings, windowModelQuality } from "../../dist/monitor/label-quality.js";
import { labelsFromBytes, labelsToBytes } from "../../dist/monitor/label-state.js";
import type { LabelledWindow, LabelSettings } from "../../src/monitor/label-settings.js";
import { contents, sealed } from "./tables.js";

const hour = 3_600_000;
const settings: LabelSettings = {
  ...labelSettings("Monitor", { id: "id", target: "y", prediction: "p", within: 10 * hour, coverage: 0.5 }),
};
const all = (rows: readonly object[]) => Uint8Array.from(rows, (_, k) => k);

type Join = InstanceType<typeof LabelJoin>;
const push = (join: Join, pane: number, rows: readonly object[], arrival = 0) =>
  join.add(pane, rowsToTable(rows), Uint32Array.from(all(rows)), arrival);
const label = (join: Join, labels: readonly (readonly [unknown, unknown])[], arrival: number) =>
  join.label(rowsToTable(labels.map(([id, y]) => ({ id, y }))), arrival);
const restored = (join: Join, own: LabelSettings = settings): Join =>
  labelsFromBytes(labelsToBytes(join), own, "Monitor.restore");
const told = (windows: readonly LabelledWindow[]) =>
  windows.map(({ table, ...window }) => ({ ...window, table: contents(table) }));

/** Rows of ids with predictions, ten in a pane. */
const tenRows = (first: number) => Array.from({ length: 10 }, (_, k) => ({ id: first + k, p: (first + k) / 10 }));

interface Event {
  readonly arrival: number;
  readonly row?: { readonly pane: number; readonly id: number | string; readonly p: number };
  readonly label?: { readonly id: number | string; readonly y: number };
}

describe("labels that are joined", () => {
  const id = fc.oneof(fc.nat(12), fc.constantFrom("a", "b", "7", "__proto__"));
  const rowEvent = fc.record({ pane: fc.nat(3), id, p: fc.nat(1000) }).map((row) => ({ row }));
  const labelEvent = fc.record({ id, y: fc.nat(3) }).map((one) => ({ label: one }));
  const history = fc.array(fc.oneof(rowEvent, labelEvent, labelEvent), { maxLength: 60 }).map((events) => {
    // Texts and integers are ids of different columns' types: one kind a history.
    const isText = typeof (events[0] && ("row" in events[0] ? events[0].row.id : events[0].label.id)) === "string";
    const own = (of: number | string) => (isText ? `${of}` : typeof of === "number" ? of : of.length);
    return events.map((event, arrival): Event => {
      if ("row" in event) return { arrival, row: { ...event.row, id: own(event.row.id) } };
      return { arrival, label: { ...event.label, id: own(event.label.id) } };
    });
  });
  /** Windows of two panes each: 0 and 1, 1 and 2, 2 and 3. */
  const windows = [0, 1, 2];

  /** What is known in the end: of every row of a window its prediction and the last label of its id. */
  function naive(events: readonly Event[]) {
    return windows.flatMap((window) => {
      const rows = events.flatMap(({ row }) => (row && row.pane >= window && row.pane <= window + 1 ? [row] : []));
      const pairs = rows.flatMap(({ id: own, p }) => {
        const labels = events.filter((event) => event.label?.id === own);
        const last = labels.sort((a, b) => a.arrival - b.arrival).at(-1);
        return last ? [[p, last.label!.y]] : [];
      });
      return rows.length === 0 ? [] : [{ window, rows: rows.length, pairs: sorted(pairs) }];
    });
  }
  const sorted = (pairs: readonly (readonly number[])[]) => pairs.map((pair) => pair.join(" ")).sort();

  function apply(join: Join, { arrival, row, label: one }: Event): LabelledWindow[] {
    if (row) return push(join, row.pane, [{ id: row.id, p: row.p }], 0);
    return label(join, [[one!.id, one!.y]], arrival);
  }
  const close = (join: Join, events: readonly Event[]) =>
    windows.flatMap((window) => {
      const counted = [window, window + 1].map(
        (pane) => [pane, events.filter(({ row }) => row?.pane === pane).length] as const,
      );
      return join.close(window, counted, hour);
    });
  const finish = (join: Join): LabelledWindow[] => {
    join.forgetBefore(4);
    return join.advance(12 * hour);
  };

  it("give the same in the end in any order, whenever windows close, as a naive version", () => {
    const case_ = history.chain((events) => {
      const isRow = ({ row }: Event) => row !== undefined;
      const order = fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length });
      return fc.tuple(fc.constant(events), order, fc.nat(events.filter((event) => !isRow(event)).length));
    });
    fc.assert(
      fc.property(case_, ([events, order, afterClosing]) => {
        const join = new LabelJoin(settings);
        const labels = order.filter(({ label: one }) => one);
        const late = new Set(labels.slice(labels.length - afterClosing));
        const last = new Map<number, LabelledWindow>();
        const keep = (found: readonly LabelledWindow[]) => {
          for (const window of found) last.set(window.index, window);
        };
        for (const event of order) if (!late.has(event)) keep(apply(join, event));
        keep(close(join, events));
        for (const event of late) keep(apply(join, event));
        keep(finish(join));
        const found = [...last.values()].map(({ index, rows, table }) => {
          const [p = [], y = []] = ["p", "y"].map((name) => contents(table).find(([column]) => column === name)?.[1]);
          return { window: index, rows, pairs: sorted(y.map((value, k) => [p[k] as number, value as number])) };
        });
        expect(found.sort((a, b) => a.window - b.window)).toEqual(naive(events));
        const { joined, corrected, repeated, early, late: tooLate, unknown } = join.counts;
        expect(joined + corrected + repeated + early + tooLate + unknown).toBe(labels.length);
      }),
      { numRuns: 300 },
    );
  });

  it("are told the same when cut and restored anywhere", () => {
    const cut = history.chain((events) => fc.tuple(fc.constant(events), fc.nat(events.length)));
    fc.assert(
      fc.property(cut, ([events, at]) => {
        const [before, after] = [events.slice(0, at), events.slice(at)];
        const uncut = new LabelJoin(settings);
        for (const event of before) apply(uncut, event);
        const other = restored(uncut);
        expect(labelsToBytes(other)).toEqual(labelsToBytes(restored(other)));
        for (const event of after) expect(told(apply(other, event))).toEqual(told(apply(uncut, event)));
        expect(told(close(other, events))).toEqual(told(close(uncut, events)));
        const closed = restored(other);
        expect(told(label(closed, [[3, 2]], 100))).toEqual(told(label(uncut, [[3, 2]], 100)));
        expect(told(finish(closed))).toEqual(told(finish(uncut)));
        const over = restored(closed);
        expect(over.counts).toEqual(uncut.counts);
        expect(told(label(over, [[3, 1]], 12 * hour))).toEqual(told(label(uncut, [[3, 1]], 12 * hour)));
        expect(over.counts).toEqual(uncut.counts);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a window with labels", () => {
  it("is told at the coverage, when that has grown by a tenth, when it is complete, and at last", () => {
    const join = new LabelJoin(settings);
    push(
      join,
      0,
      Array.from({ length: 40 }, (_, k) => ({ id: k, p: k })),
    );
    expect(join.close(7, [[0, 40]], hour)).toEqual([]);
    join.forgetBefore(1);
    const seen: string[] = [];
    for (let k = 0; k < 40; k++) {
      for (const { index, rows, labelled, coverage, asOf, revision, final } of label(join, [[k, k % 2]], hour + k)) {
        seen.push(`${index} ${labelled}/${rows} ${coverage} at ${asOf - hour}, ${revision} ${final}`);
      }
    }
    expect(seen).toEqual([
      "7 20/40 0.5 at 19, 1 false",
      "7 24/40 0.6 at 23, 2 false",
      "7 28/40 0.7 at 27, 3 false",
      "7 32/40 0.8 at 31, 4 false",
      "7 36/40 0.9 at 35, 5 false",
      "7 40/40 1 at 39, 6 false",
    ]);
    expect(label(join, [[0, 5]], 2 * hour)).toEqual([]);
    expect(join.counts).toMatchObject({ joined: 40, corrected: 1 });
    expect(join.advance(11 * hour)).toEqual([]);
    const [last, ...others] = join.advance(11 * hour + 1);
    expect(others).toEqual([]);
    expect(last).toMatchObject({ revision: 7, final: true, asOf: 11 * hour, labelled: 40 });
    expect(contents(last!.table)[1]![1].slice(0, 3)).toEqual([5, 1, 0]);
    expect(join.advance(99 * hour)).toEqual([]);
  });

  it("is told at last where labels never came, and is not told again where nothing changed", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0));
    push(join, 1, tenRows(10));
    label(
      join,
      tenRows(10).map(({ id }) => [id, 1]),
      1,
    );
    const [now] = [...join.close(0, [[0, 10]], hour), ...join.close(1, [[1, 10]], hour)];
    expect(now).toMatchObject({ index: 1, coverage: 1, revision: 1, final: false });
    const over = join.advance(12 * hour);
    expect(over.map(({ index, labelled, revision, final }) => [index, labelled, revision, final])).toEqual([
      [0, 0, 1, true],
    ]);
    expect(over[0]!.table.rows).toBe(0);
    expect(join.close(2, [], hour)).toEqual([]);
  });

  it("of long ago waits for its labels as long as one of today, since it was closed", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0), 50 * hour);
    label(join, [[1, 1]], 50 * hour);
    expect(join.close(0, [[0, 10]], hour)).toEqual([]);
    join.forgetBefore(1);
    const rest = tenRows(0).map(({ id }) => [id, 2] as const);
    expect(label(join, rest.slice(0, 6), 60 * hour)).toMatchObject([{ index: 0, labelled: 6, final: false }]);
    expect(label(restored(join), rest.slice(6), 60 * hour)).toMatchObject([{ labelled: 10, asOf: 60 * hour }]);
    expect(label(join, rest.slice(6, 7), 60 * hour)).toMatchObject([{ labelled: 7, final: false }]);
    label(join, [[0, 3]], 60 * hour);
    expect(told(label(join, rest.slice(7), 60 * hour + 1))).toMatchObject([
      { labelled: 7, final: true, asOf: 60 * hour },
    ]);
    expect(join.counts).toMatchObject({ joined: 7, corrected: 2, late: 3 });
  });

  it("has only the rows that were there when it was closed", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0));
    join.close(0, [[0, 10]], hour);
    push(join, 0, tenRows(10));
    join.close(1, [[0, 20]], 2 * hour);
    const found = label(
      join,
      tenRows(10).map(({ id }) => [id, 1]),
      hour,
    );
    expect(found.map(({ index, labelled, rows }) => [index, labelled, rows])).toEqual([[1, 10, 20]]);
  });
});

describe("ids", () => {
  it("are the same by value, of whatever type the columns are", () => {
    const join = new LabelJoin(settings);
    join.add(0, rowsToTable([{ id: 5, p: 1 }]), Uint32Array.of(0), 0);
    join.add(0, rowsToTable([{ id: 2n ** 60n, p: 2 }]), Uint32Array.of(0), 0);
    join.add(
      0,
      rowsToTable([
        { id: "5", p: 3 },
        { id: "\ud800", p: 4 },
        { id: null, p: 5 },
      ]),
      Uint32Array.of(0, 1, 2),
      0,
    );
    join.close(0, [[0, 5]], hour);
    const found = [
      ...label(join, [[5n, 10]], 1),
      ...label(join, [[2n ** 60n, 20]], 2),
      ...label(
        join,
        [
          ["5", 30],
          ["\ud800", 40],
        ],
        3,
      ),
    ];
    expect(contents(found.at(-1)!.table)).toEqual([
      ["p", [1, 2, 3, 4]],
      ["y", [10, 20, 30, 40]],
    ]);
  });

  it("take the label that came last, and count what changed nothing", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0));
    join.close(0, [[0, 10]], hour);
    label(join, [[1, 1]], 5);
    label(join, [[1, 2]], 4);
    label(join, [[1, 1]], 6);
    label(join, [[1, 3]], 6);
    label(join, [[77, 3]], 6);
    label(
      join,
      [
        [77, 3],
        [77, 4],
        [null, 1],
        [3, null],
      ],
      7,
    );
    expect(join.counts).toEqual({ joined: 1, corrected: 2, repeated: 3, early: 1, unknown: 0, late: 0, incomplete: 2 });
    expect(contents(join.advance(99 * hour)[0]!.table)).toEqual([
      ["p", [0.1]],
      ["y", [3]],
    ]);
    expect(join.counts).toMatchObject({ early: 0, unknown: 1 });
  });

  it("of rows that are over are late for a while, then unknown", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0));
    join.close(0, [[0, 10]], hour);
    join.forgetBefore(1);
    label(join, [[1, 1]], 12 * hour);
    expect(join.counts).toMatchObject({ joined: 0, late: 1 });
    expect(join.rows).toBe(10);
    label(join, [[1, 1]], 22 * hour);
    expect(join.rows).toBe(0);
    expect(join.counts).toMatchObject({ late: 1, early: 1 });
    join.advance(40 * hour);
    expect(join.counts).toMatchObject({ late: 1, early: 0, unknown: 1 });
  });

  it("that other rows have whose windows are over take the label of those whose are not", () => {
    const join = new LabelJoin(settings);
    push(join, 1, [{ id: 1, p: 1 }]);
    push(join, 0, [{ id: 1, p: 2 }]);
    label(join, [[1, 5]], 1);
    join.close(0, [[0, 1]], -10 * hour);
    join.forgetBefore(1);
    push(join, 1, [{ id: 1, p: 3 }]);
    expect(contents(join.close(1, [[1, 2]], hour)[0]!.table)).toEqual([
      ["p", [1, 3]],
      ["y", [5, 5]],
    ]);
  });

  it("are none where too many rows have them", () => {
    const join = new LabelJoin(settings);
    push(
      join,
      0,
      Array.from({ length: 1005 }, (_, k) => ({ id: 1, p: k })),
    );
    join.close(0, [[0, 1005]], hour);
    const [window] = label(join, [[1, 1]], 1);
    expect(window).toMatchObject({ rows: 1005, labelled: 1000 });
    push(join, 1, [{ id: 1, p: 1 }]);
    join.close(1, [[1, 1]], hour);
    expect(label(restored(join), [[1, 2]], 2)).toEqual([]);
    expect(told(restored(join).advance(99 * hour))).toEqual(told(join.advance(99 * hour)));
  });

  it("come with rows, which may have labels themselves", () => {
    const join = new LabelJoin(settings);
    push(
      join,
      0,
      [
        { id: 1, p: 1, y: 0 },
        { id: 1, p: 2 },
        { id: 2, p: 3, y: null },
        { id: null, p: 4, y: 1 },
      ],
      3,
    );
    expect(contents(join.close(0, [[0, 4]], hour)[0]!.table)).toEqual([
      ["p", [1, 2, 4]],
      ["y", [0, 0, 1]],
    ]);
  });

  it("and labels of other types are refused by name, and nothing is changed", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0));
    label(join, [[1, 1]], 1);
    const before = labelsToBytes(join);
    const wrong: [() => unknown, string][] = [
      [
        () => label(join, [[2, "yes"]], 99 * hour),
        'Monitor.labels: column "y": expected a number, as labels were before',
      ],
      [() => label(join, [[new Date(0), 1]], 99 * hour), 'column "id": expected numbers, truth values or texts'],
      [
        () => join.label(rowsToTable([{ id: 1 }]), 2),
        'Monitor.labels: column "y": expected the column of labels, found none',
      ],
      [() => join.label(rowsToTable([{ y: 1 }]), 2), 'column "id": expected the column of ids'],
      [() => push(join, 0, [{ p: 1 }], 2), 'Monitor.push: column "id": expected the column of ids'],
      [() => push(join, 0, [{ id: 1, p: "x" }], 2), 'column "p": expected Float64 as in earlier rows, found texts'],
    ];
    for (const [call, message] of wrong) expect(call).toThrow(message);
    expect(labelsToBytes(join)).toEqual(before);
  });
});

describe("memory", () => {
  it("is bounded: the oldest windows are over early when there are too many rows", () => {
    const small = { ...settings, maximumRows: 25, maximumEarly: 3 };
    const join = new LabelJoin(small);
    const found: LabelledWindow[] = [];
    for (let pane = 0; pane < 6; pane++) {
      found.push(...push(join, pane, tenRows(10 * pane), pane));
      label(join, [[10 * pane, 1]], pane);
      found.push(...join.close(pane, [[pane, 10]], hour));
      join.forgetBefore(pane + 1);
    }
    expect(found.map(({ index, final, labelled }) => [index, final, labelled])).toEqual([
      [0, true, 1],
      [1, true, 1],
      [2, true, 1],
      [3, true, 1],
    ]);
    expect(join.rows).toBe(20);
    label(
      join,
      Array.from({ length: 10 }, (_, k) => [1000 + k, 1] as const),
      9,
    );
    expect(join.counts).toMatchObject({ early: 3, unknown: 7 });
  });
});

describe("saved labels", () => {
  it("are refused when anything was changed", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0));
    join.close(0, [[0, 10]], hour);
    label(
      join,
      [
        [1, 1],
        [500, 1],
      ],
      1,
    );
    const bytes = labelsToBytes(join);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        expect(() => labelsFromBytes(damaged, settings, "Monitor.restore")).toThrow(FormatError);
        expect(() => labelsFromBytes(bytes.slice(0, at), settings, "Monitor.restore")).toThrow(FormatError);
      }),
    );
  });

  it("are read or refused with FormatError when the checksum is right and the rest is not", () => {
    const join = new LabelJoin(settings);
    push(join, 0, tenRows(0));
    push(join, 1, tenRows(10));
    join.close(0, [[0, 10]], hour);
    join.close(
      1,
      [
        [0, 10],
        [1, 5],
      ],
      2 * hour,
    );
    label(
      join,
      [
        [1, 1],
        [12, 2],
        [500, 1],
      ],
      1,
    );
    const bytes = labelsToBytes(join);
    const changes = fc.array(fc.tuple(fc.nat(900), fc.constantFrom(...'0123456789-,:[]{}"en'.split(""))), {
      minLength: 1,
      maxLength: 3,
    });
    let refused = 0;
    fc.assert(
      fc.property(changes, (all) => {
        const damaged = bytes.slice();
        for (const [at, letter] of all) damaged[16 + at] = letter.charCodeAt(0);
        try {
          const found = labelsFromBytes(sealed(damaged), settings, "Monitor.restore");
          label(
            found,
            [
              [2, 1],
              [13, 1],
            ],
            2,
          );
          found.forgetBefore(5);
          found.advance(Number.MAX_VALUE);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          refused++;
        }
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(300);
  });
});

describe("model quality of a window", () => {
  const options = { id: "id", target: "y", prediction: "p", task: "regression", within: 10 * hour } as const;
  const reference = rowsToTable(Array.from({ length: 50 }, (_, k) => ({ id: k, p: k, y: k + (k % 3) })));

  it("is that of its labelled rows against the reference", async () => {
    const join = new LabelJoin(labelSettings("Monitor", options));
    push(
      join,
      0,
      Array.from({ length: 30 }, (_, k) => ({ id: k, p: k, other: "x" })),
    );
    join.close(0, [[0, 30]], hour);
    const labels = Array.from({ length: 20 }, (_, k) => [k, k + (k % 5)] as const);
    const [window] = label(join, labels, 2);
    const found = await windowModelQuality(reference, window!, options);
    const rows = rowsToTable(labels.map(([k, y]) => ({ p: k, y })));
    expect(found).toEqual({
      report: await modelQuality(reference, rows, { target: "y", prediction: "p", task: "regression" }),
      labelled: 20,
      coverage: 20 / 30,
      asOf: 2,
      revision: 1,
    });
  });

  it("says why there is none where labels never came or there is no reference", async () => {
    const join = new LabelJoin(labelSettings("Monitor", options));
    push(join, 0, tenRows(0));
    join.close(0, [[0, 10]], hour);
    const [window] = join.advance(99 * hour);
    const none = await windowModelQuality(reference, window!, options);
    expect(none.report.reasons.current).toContain('no value of "y" yet');
    const alone = await windowModelQuality(null, window!, options);
    expect(alone.report.reasons.reference).toContain("no column");
  });
});

describe("labelSettings", () => {
  it("names the columns that model quality needs, and what is wrong", () => {
    const many = labelSettings("Monitor", { id: "id", target: "y", scores: { a: "sa", b: "sb" }, prediction: "p" });
    expect(many.columns).toEqual(["p", "sa", "sb"]);
    expect(many).toMatchObject({ within: 7 * 24 * hour, coverage: 0.5 });
    const wrong: [unknown, string][] = [
      [{ id: 1, target: "y" }, "Monitor: labels.id must be a column's name, got 1"],
      [{ id: "y", target: "y" }, "must be two columns"],
      [{ id: "id", target: "y", coverage: 0 }, "labels.coverage must lie above 0 and up to 1, got 0"],
      [{ id: "id", target: "y", coverage: "x" }, "labels.coverage must be a number"],
      [{ id: "id", target: "y", within: "soon" }, "labels.within must be a positive time"],
      [null, "labels must be an object"],
    ];
    for (const [options, message] of wrong) expect(() => labelSettings("Monitor", options as never)).toThrow(message);
  });
});
