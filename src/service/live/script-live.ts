/** Runs on the live page: asks for what there is, then listens, and shows windows and alerts as they come. */
import type { AlertEvent } from "../../monitor/alert-event.js";
import type { WindowSummary } from "../window-summary.js";

/** Written to the page as it was compiled: it uses nothing from outside itself. Names are texts, never markup. */
export function runLive(): void {
  const shownWindows = 60;
  const shownColumns = 24;
  const shownAlerts = 30;
  const keptToken = "smirnov-token";
  const byId = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
  const [status, main, form] = [byId("status"), byId("datasets"), byId<HTMLFormElement>("login")];
  const windows = new Map<string, Map<number, WindowSummary>>();
  const alerts: AlertEvent[] = [];
  let token = sessionStorage.getItem(keptToken);

  const made = (name: string, className = "", ...inside: (Node | string)[]): HTMLElement => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };
  const name = (text: string, longest = 80): HTMLElement =>
    made("bdi", "", text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
  const time = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
  const told = (text: string, className: string): void => {
    status.textContent = text;
    status.className = className;
  };

  const asked = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
    const answer = await fetch(path, { headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) } });
    if (answer.status === 401) {
      form.hidden = false;
      told(token ? "this token is not one that is known" : "a token is needed", "v possible");
    }
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };

  const verdictOf = (window: WindowSummary): [className: string, word: string] => {
    if (window.status !== "compared") return [window.status === "failed" ? "failed" : "unjudged", window.status];
    if (window.drifted) return ["drift", "drift"];
    if (window.columns.length > 0) return ["some", `${window.columns.length} drifted`];
    return window.possible.length > 0 ? ["possible", "possible"] : ["none", "no drift"];
  };
  const inWords = (window: WindowSummary): string => {
    const what = window.columns.length > 0 ? `: ${window.columns.slice(0, 5).join(", ")}` : "";
    return `${time(window.start)}, ${window.rows} rows, ${verdictOf(window)[1]}${what}`;
  };

  /** Links send no token: with one the report is fetched, then shown. */
  const reportLink = (window: WindowSummary, ...inside: Node[]): HTMLElement => {
    const link = made("a", "", ...inside) as HTMLAnchorElement;
    link.href = `v1/${encodeURIComponent(window.dataset)}/report.html?window=${encodeURIComponent(window.id)}`;
    link.addEventListener("click", async (event) => {
      if (!token) return;
      event.preventDefault();
      const page = await asked(link.href).then((answer) => answer.blob());
      open(URL.createObjectURL(page), "_blank");
    });
    return link;
  };

  const stripOf = (latest: readonly WindowSummary[]): HTMLElement => {
    const table = made("table", "strip");
    const first = made("tr", "", made("th", "", "all columns"));
    for (const window of latest) {
      const [className, word] = verdictOf(window);
      const cell = made("td", `cell ${className}`);
      const inside = made("span", "h", word);
      cell.append(window.status === "compared" ? reportLink(window, inside) : inside);
      cell.title = inWords(window);
      first.append(cell);
    }
    first.append(made("th", "kind", "over time"));
    table.append(first);
    const counts = new Map<string, number>();
    for (const { columns, possible } of latest) {
      for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1000);
      for (const column of possible) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    const kinds = latest.at(-1)?.kinds ?? {};
    for (const column of Object.keys(kinds)) if (!counts.has(column)) counts.set(column, 0);
    const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, shownColumns);
    for (const [column] of most) {
      const row = made("tr", "", made("th", "", name(column)));
      for (const { columns, possible, status: state } of latest) {
        const found = columns.includes(column) ? "drift" : possible.includes(column) ? "possible" : "none";
        const className = state === "compared" ? found : "unjudged";
        row.append(made("td", `cell ${className}`, made("span", "h", className)));
      }
      row.append(made("th", "kind", kinds[column] ?? ""));
      table.append(row);
    }
    return table;
  };

  const show = (): void => {
    const sections = [...windows].map(([dataset, all]) => {
      const latest = [...all.values()].sort((a, b) => a.index - b.index).slice(-shownWindows);
      const last = latest.at(-1);
      const section = made("section", "", made("h2", "", name(dataset)));
      if (!last) return made("section", "", made("h2", "", name(dataset)), made("p", "q", "No window was told yet."));
      const [className, word] = verdictOf(last);
      const model = last.model === null ? "" : `model ${last.model}${last.modelVersion ? ` ${last.modelVersion}` : ""}`;
      const late = last.late > 0 ? `, ${last.late} too late` : "";
      const labels = last.coverage === null ? "" : `labels of ${Math.round(100 * last.coverage)} %`;
      const facts = [`${time(last.start)} to ${time(last.end)}`, `${last.rows} rows${late}`, model, labels];
      const verdict = made("span", `v ${className === "some" ? "drift" : className}`, word);
      section.append(
        made("p", "lead", verdict, ` ${last.columns.slice(0, 8).join(", ")}`),
        made("p", "q", facts.filter(Boolean).join(" · ")),
        made("div", "wide", stripOf(latest)),
      );
      if (last.status !== "compared") section.append(made("p", "q", last.reason));
      return section;
    });
    const firing = alerts.slice(-shownAlerts).reverse();
    const items = firing.map((event) => {
      const at = time(event.endsAt ?? event.startsAt);
      const about = made("span", `v ${event.status === "firing" ? "drift" : "none"}`, event.status);
      return made("li", "", about, ` ${at} `, name(event.dataset), ` ${event.rule}: `, name(event.summary, 400));
    });
    const list = made("ul", "changes", ...(items.length > 0 ? items : [made("li", "q", "None.")]));
    main.replaceChildren(...sections, made("section", "", made("h2", "", "Alerts"), list));
  };

  let waiting = false;
  const showSoon = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      show();
    });
  };

  const take = (window: WindowSummary): void => {
    const of = windows.get(window.dataset) ?? new Map<number, WindowSummary>();
    windows.set(window.dataset, of);
    if ((of.get(window.index)?.revision ?? 0) > window.revision) return;
    of.set(window.index, window);
    if (of.size > 2 * shownWindows)
      for (const old of [...of.keys()].sort((a, b) => a - b).slice(0, shownWindows)) of.delete(old);
  };
  const takeAlert = (event: AlertEvent): void => {
    if (alerts.some(({ id, status }) => id === event.id && status === event.status)) return;
    alerts.push(event);
    if (alerts.length > 4 * shownAlerts) alerts.splice(0, alerts.length - 2 * shownAlerts);
  };

  const askAll = async (): Promise<void> => {
    const found = (await asked("v1/datasets").then((answer) => answer.json())) as { readonly name: string }[];
    for (const { name: dataset } of found) {
      if (!windows.has(dataset)) windows.set(dataset, new Map());
      const path = `v1/${encodeURIComponent(dataset)}`;
      const latest = await asked(`${path}/windows?limit=${shownWindows}`).then((answer) => answer.json());
      for (const window of latest as WindowSummary[]) take(window);
      // Nothing is told of alerts where there is no store.
      const before = await asked(`${path}/alerts?limit=${shownAlerts}`).then(
        (answer) => answer.json(),
        () => [],
      );
      for (const event of (before as AlertEvent[]).reverse()) takeAlert(event);
    }
    alerts.sort((a, b) => (a.endsAt ?? a.startsAt) - (b.endsAt ?? b.startsAt));
  };

  /** Until the connection ends. */
  const listen = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      const parts = text.split("\n\n");
      text = parts.pop()!;
      for (const part of parts) {
        const type = /^event: (.*)$/m.exec(part)?.[1];
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data === undefined) continue;
        if (type === "window") take(JSON.parse(data) as WindowSummary);
        if (type === "alert") takeAlert(JSON.parse(data) as AlertEvent);
        showSoon();
      }
    }
  };

  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const go = async (): Promise<void> => {
    for (let wait = 500; ; wait = Math.min(2 * wait, 15_000)) {
      try {
        // Listening begins before asking, so that nothing falls between.
        const events = await asked("v1/events");
        form.hidden = true;
        await askAll();
        show();
        told("live", "v none");
        wait = 500;
        await listen(events.body!);
      } catch {
        if (!form.hidden) return;
      }
      told("not connected; trying again", "v possible");
      await pause(wait);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    token = byId<HTMLInputElement>("token").value.trim();
    sessionStorage.setItem(keptToken, token);
    form.hidden = true;
    void go();
  });
  void go();
}
