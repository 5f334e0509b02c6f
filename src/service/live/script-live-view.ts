/** Runs on the live page: makes elements of what the service tells. */
import type { AlertEvent } from "../../monitor/alert-event.js";
import type { WindowSummary } from "../window-summary.js";

export interface LiveView {
  readonly made: (name: string, className?: string, ...inside: (Node | string)[]) => HTMLElement;
  /** A name as a text of its own direction, without what cannot be seen, and not too long. */
  readonly named: (text: string) => HTMLElement;
  readonly lead: (last: WindowSummary | undefined) => HTMLElement;
  readonly dataset: (name: string, latest: readonly WindowSummary[], columns: number) => HTMLElement[];
  readonly alert: (event: AlertEvent) => HTMLElement;
}

/** Written to the page as it was compiled: it uses nothing from outside itself. Names are texts, never markup. */
export function liveView(opened: (event: Event, link: HTMLAnchorElement) => void): LiveView {
  const drawing = "http://www.w3.org/2000/svg";
  const mostFigures = 30;

  const made: LiveView["made"] = (name, className = "", ...inside) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };
  const seen = (text: string, longest = 60): string => {
    const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
    return cut.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, "�");
  };
  const named: LiveView["named"] = (text) => {
    const name = made("bdi", "", seen(text));
    if (text.length > 60) name.title = seen(text, 300);
    return name;
  };
  const time = (at: number): string => new Date(at).toISOString().slice(0, 16).replace("T", " ");
  /** The day only once where both are of one. */
  const span = (from: number, to: number): string => {
    const end = time(to);
    return `${time(from)} to ${end.slice(0, 10) === time(from).slice(0, 10) ? end.slice(11) : end} UTC`;
  };
  const whole = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const figure = (value: number): string =>
    Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-3)
      ? value.toExponential(2)
      : value.toLocaleString("en-US", { maximumSignificantDigits: 3 });

  const verdictOf = (window: WindowSummary): [className: string, word: string] => {
    if (window.status !== "compared") return [window.status === "failed" ? "failed" : "unjudged", window.status];
    if (window.drifted) return ["drift", "drift"];
    const { length } = window.columns;
    if (length > 0) return ["some", length === 1 ? "1 column drifted" : `${length} columns drifted`];
    return window.possible.length > 0 ? ["possible", "possible drift"] : ["none", "no drift"];
  };
  const sign: Readonly<Record<string, string>> = { some: "drift", failed: "structure" };
  const lead: LiveView["lead"] = (last) => {
    if (!last) return made("span", "v unjudged", "no window yet");
    const [className, word] = verdictOf(last);
    return made("span", `v ${sign[className] ?? className}`, word);
  };
  const list = (names: readonly string[], most: number): (Node | string)[] => [
    ...names.slice(0, most).flatMap((name, k) => (k > 0 ? [", ", named(name)] : [named(name)])),
    ...(names.length > most ? [` and ${names.length - most} more`] : []),
  ];

  const cellOf = (window: WindowSummary): HTMLElement => {
    const [className, word] = verdictOf(window);
    const columns = window.columns.slice(0, 5).map((name) => seen(name, 40));
    const words = `${time(window.start)} UTC, ${whole(window.rows)} rows, ${word}${columns.length > 0 ? `: ${columns.join(", ")}` : ""}`;
    const cell = made("td", `cell ${className}`);
    cell.title = words;
    if (window.status !== "compared") {
      cell.append(made("span", "h", words));
      return cell;
    }
    const link = made("a", "", made("span", "h", words)) as HTMLAnchorElement;
    link.href = `v1/${encodeURIComponent(window.dataset)}/report.html?window=${encodeURIComponent(window.id)}`;
    link.tabIndex = -1;
    link.dataset.window = String(window.index);
    link.addEventListener("click", (event) => opened(event, link));
    cell.append(link);
    return cell;
  };

  const rowHead = (...inside: (Node | string)[]): HTMLElement => {
    const head = made("th", "", ...inside) as HTMLTableCellElement;
    head.scope = "row";
    return head;
  };

  /** A row for all columns, whose cells lead to reports, then one for each column that drifted, the most often first. */
  const strip = (latest: readonly WindowSummary[], most: number): [table: HTMLElement, left: number] => {
    const body = made("tbody", "", made("tr", "", rowHead("all columns"), ...latest.map(cellOf)));
    const table = made("table", "strip", made("caption", "h", "Windows, the newest on the right"), body);
    const links = table.querySelectorAll("a");
    const newest = links[links.length - 1];
    if (newest) newest.tabIndex = 0;
    const kinds = latest.at(-1)?.kinds ?? {};
    const counts = new Map<string, number>(Object.keys(kinds).map((column) => [column, 0]));
    for (const { columns, possible } of latest) {
      for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1000);
      for (const column of possible) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    const ordered = [...counts].sort(([, a], [, b]) => b - a);
    const found = latest.map(({ columns, possible }) => [new Set(columns), new Set(possible)] as const);
    for (const [column] of ordered.slice(0, most)) {
      const row = made("tr", "", rowHead(named(column)));
      for (const [k, [drifted, possible]] of found.entries()) {
        const window = latest[k]!;
        const verdict = drifted.has(column) ? "drift" : possible.has(column) ? "possible" : "none";
        const cell = made("td", `cell ${window.status === "compared" ? verdict : "unjudged"}`);
        if (verdict !== "none") {
          cell.title = `${seen(column)}, ${time(window.start)} UTC: ${verdict}`;
          cell.append(made("span", "h", verdict));
        }
        row.append(cell);
      }
      const kind = Object.hasOwn(kinds, column) ? kinds[column]! : "";
      row.append(made("td", "kind", kind));
      body.append(row);
    }
    return [table, Math.max(0, ordered.length - most)];
  };

  const line = (values: readonly (number | null)[], words: string): Element => {
    const known = values.filter((value) => value !== null);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const [width, height] = [150, 22];
    const y = (value: number): number =>
      high > low ? height - 2 - ((value - low) / (high - low)) * (height - 4) : height / 2;
    let path = "";
    let pen = "M";
    for (const [k, value] of values.entries()) {
      if (value !== null) path += `${pen}${((k + 0.5) * width) / values.length} ${y(value)}h.01`;
      pen = value === null ? "M" : "L";
    }
    const picture = document.createElementNS(drawing, "svg");
    const of = {
      viewBox: `0 0 ${width} ${height}`,
      width: `${width}`,
      height: `${height}`,
      role: "img",
      "aria-label": words,
    };
    for (const [name, value] of Object.entries(of)) picture.setAttribute(name, value);
    const stroke = document.createElementNS(drawing, "path");
    stroke.setAttribute("d", path);
    picture.append(stroke);
    return picture;
  };

  type Figure = readonly [name: string, values: readonly (number | null)[], told: (value: number) => string];
  /** Rows, labels, the model, and series beside them. */
  const figures = (latest: readonly WindowSummary[]): HTMLElement => {
    const of = (name: string, value: (window: WindowSummary) => number | null, told = figure): Figure => [
      name,
      latest.map(value),
      told,
    ];
    const names = (pick: (window: WindowSummary) => object): string[] => [
      ...new Set(latest.flatMap((window) => Object.keys(pick(window)))),
    ];
    const from = (values: { readonly [name: string]: number }, name: string): number | null =>
      Object.hasOwn(values, name) ? values[name]! : null;
    const all: Figure[] = [
      of("rows", ({ rows }) => rows, whole),
      ...(latest.some(({ late }) => late > 0) ? [of("rows that came too late", ({ late }) => late, whole)] : []),
      of("rows with a label", ({ coverage }) => coverage, percent),
      ...names(({ quality }) => quality).map((name) => of(`model: ${name}`, ({ quality }) => from(quality, name))),
      ...names(({ series }) => series).flatMap((name) => {
        const at = ({ series }: WindowSummary) => (Object.hasOwn(series, name) ? series[name]! : null);
        return [
          of(`${name}, mean`, (one) => at(one)?.mean ?? null),
          of(`${name}, 95 % up to`, (one) => at(one)?.q95 ?? null),
        ];
      }),
    ];
    const rows = all.slice(0, mostFigures).flatMap(([name, values, told]) => {
      const known = values.filter((value) => value !== null);
      const last = known.at(-1);
      if (last === undefined) return [];
      const range = `${told(Math.min(...known))} to ${told(Math.max(...known))}`;
      const picture = made("td", "", line(values, `${seen(name)} over ${values.length} windows: ${range}`));
      return [made("tr", "", rowHead(named(name)), picture, made("td", "n", told(last)), made("td", "q", range))];
    });
    return made(
      "table",
      "figures",
      made("caption", "h", "Figures: over the windows, the latest, from and to"),
      ...rows,
    );
  };

  const dataset: LiveView["dataset"] = (name, latest, columns) => {
    const last = latest.at(-1);
    const head = made("h2", "", named(name));
    if (!last) return [head, made("p", "q", "No window was told yet: a window closes with the first row after it.")];
    const model =
      last.model === null
        ? []
        : [" · model ", named(`${last.model}${last.modelVersion ? ` ${last.modelVersion}` : ""}`)];
    const late = last.late > 0 ? `, ${whole(last.late)} too late` : "";
    const worse = latest.findLast(({ coverage }) => coverage !== null)?.worse ?? [];
    const [table, left] = strip(latest, columns);
    const wide = made("div", "wide", table);
    const parts = [
      head,
      made("p", "lead", lead(last), ...(last.columns.length > 0 ? [": ", ...list(last.columns, 8)] : [])),
      made("p", "q", `${span(last.start, last.end)} · ${whole(last.rows)} rows${late}`, ...model),
    ];
    if (last.status !== "compared") parts.push(made("p", "q", seen(last.reason, 400)));
    if (worse.length > 0)
      parts.push(made("p", "", made("span", "v drift", "the model got worse"), ": ", ...list(worse, 8)));
    parts.push(wide);
    if (left > 0 || columns > 24) {
      const button = made("button", "more", left > 0 ? `${left} more columns that drifted` : "Fewer columns");
      button.setAttribute("type", "button");
      parts.push(button);
    }
    parts.push(made("div", "wide", figures(latest)));
    return parts;
  };

  const alert: LiveView["alert"] = ({
    status,
    rule,
    subject,
    dataset: of,
    severity,
    startsAt,
    endsAt,
    summary,
    digest,
  }) => {
    const firing = status === "firing";
    const about = made("span", `v ${firing ? "drift" : "none"}`, firing ? "firing" : "over");
    const until = firing || endsAt === null ? `since ${time(startsAt)} UTC` : span(startsAt, endsAt);
    const words = made(
      "div",
      "digest",
      `${seen(summary, 1000)}\n${digest
        .split("\n")
        .map((text) => seen(text, 400))
        .join("\n")}`,
    );
    const more = made("details", "", made("summary", "", "What happened"), words);
    const what = subject === null ? [named(rule)] : [named(rule), ": ", named(subject)];
    return made("li", "", about, " ", made("b", "", ...what), " · ", named(of), ` · ${severity} · ${until}`, more);
  };

  return { made, named, lead, dataset, alert };
}
