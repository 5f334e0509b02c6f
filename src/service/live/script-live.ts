/** Runs on the live page: asks for what there is, then listens, and shows windows and alerts as they come. */
import type { AlertEvent } from "../../monitor/alert-event.js";
import type { WindowSummary } from "../window-summary.js";
import type { liveView } from "./script-live-view.js";

/** Written to the page as it was compiled: it uses nothing from outside itself. */
export function runLive(view: typeof liveView): void {
  // As many as the service keeps reports of.
  const shownWindows = 50;
  const shownColumns = 24;
  const shownAlerts = 30;
  const keptToken = "smirnov-token";
  const byId = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
  const [status, main, form, overview] = [
    byId("status"),
    byId("datasets"),
    byId<HTMLFormElement>("login"),
    byId("all"),
  ];
  const windows = new Map<string, Map<number, WindowSummary>>();
  const sections = new Map<string, HTMLElement>();
  const changed = new Set<string>();
  const columnsOf = new Map<string, number>();
  const alerts = new Map<string, { event: AlertEvent; item?: HTMLElement }>();
  let token = sessionStorage.getItem(keptToken);

  const told = (text: string, className: string): void => {
    if (status.textContent !== text) status.textContent = text;
    status.className = className;
  };
  const asked = async (path: string): Promise<Response> => {
    const answer = await fetch(path, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    if (answer.status === 401) {
      form.hidden = false;
      told(token ? "this token is not one that is known" : "a token is needed", "v possible");
      byId("token").focus();
    }
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };
  const askedJson = async (path: string) => (await asked(path)).json();

  /** Links send no token: with one the report is fetched, then shown. */
  const {
    made,
    named,
    lead,
    dataset: partsOf,
    alert: itemOf,
  } = view(async (event, link) => {
    if (!token) return;
    event.preventDefault();
    const page = URL.createObjectURL(await asked(link.href).then((answer) => answer.blob()));
    open(page, "_blank");
    setTimeout(() => URL.revokeObjectURL(page), 60_000);
  });

  const latestOf = (dataset: string): WindowSummary[] =>
    [...windows.get(dataset)!.values()].sort((a, b) => a.index - b.index).slice(-shownWindows);

  /** What is looked at stays where it is: focus, and how far a table is scrolled. */
  const showDataset = (dataset: string): void => {
    let section = sections.get(dataset);
    if (!section) {
      section = made("section");
      section.id = `dataset-${sections.size}`;
      sections.set(dataset, section);
      main.append(section);
    }
    const before = [...section.querySelectorAll(".wide")].map(({ scrollLeft, scrollWidth, clientWidth }) =>
      scrollLeft + clientWidth >= scrollWidth - 4 ? Number.POSITIVE_INFINITY : scrollLeft,
    );
    const focused = section.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
    const at = focused?.dataset.window;
    section.replaceChildren(...partsOf(dataset, latestOf(dataset), columnsOf.get(dataset) ?? shownColumns));
    for (const [k, wide] of [...section.querySelectorAll(".wide")].entries()) {
      const left = before[k] ?? (k === 0 ? Number.POSITIVE_INFINITY : 0);
      wide.scrollLeft = Math.min(left, wide.scrollWidth);
    }
    const button = section.querySelector<HTMLElement>("button.more");
    button?.addEventListener("click", () => {
      if (!columnsOf.delete(dataset)) columnsOf.set(dataset, Number.POSITIVE_INFINITY);
      showDataset(dataset);
    });
    if (at !== undefined) focusOn(section.querySelector<HTMLElement>(`a[data-window="${at}"]`));
    else if (focused?.matches("button")) button?.focus();
  };
  const focusOn = (link: HTMLElement | null): void => {
    if (!link) return;
    for (const other of link.closest("tr")!.querySelectorAll("a")) other.tabIndex = -1;
    link.tabIndex = 0;
    link.focus();
  };
  // One stop for the tabulator key, arrows from window to window.
  main.addEventListener("keydown", (press) => {
    const link = (press.target as HTMLElement).closest<HTMLElement>("a[data-window]");
    if (!link) return;
    const all = [...link.closest("tr")!.querySelectorAll<HTMLElement>("a")];
    const here = all.indexOf(link);
    const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: all.length - 1 }[press.key];
    if (to === undefined) return;
    press.preventDefault();
    focusOn(all[to] ?? null);
  });

  const showAlerts = (): void => {
    const began = ({ event: { startsAt, endsAt } }: { event: AlertEvent }): number => endsAt ?? startsAt;
    const all = [...alerts.values()].sort((one, other) => {
      const [a, b] = [one, other].map(({ event }) => Number(event.status === "firing")) as [number, number];
      return b - a || began(other) - began(one);
    });
    const firing = all.filter(({ event }) => event.status === "firing").length;
    const shown = all.slice(0, Math.max(shownAlerts, Math.min(firing, 2 * shownAlerts)));
    const items = shown.map((one) => {
      one.item ??= itemOf(one.event);
      return one.item;
    });
    const more = all.length - shown.length;
    if (more > 0) items.push(made("li", "q", `and ${more} more`));
    byId("alerts").replaceChildren(...(items.length > 0 ? items : [made("li", "q", "None.")]));
    byId("firing").textContent =
      firing === 0 ? "no alert" : firing === 1 ? "1 alert is firing" : `${firing} alerts are firing`;
    for (const old of all.slice(10 * shownAlerts)) alerts.delete(old.event.id);
  };

  const show = (): void => {
    for (const dataset of changed) showDataset(dataset);
    changed.clear();
    const links = [...sections].map(([dataset, { id }]) => {
      const link = made("a", "", named(dataset)) as HTMLAnchorElement;
      link.href = `#${id}`;
      return made("li", "", lead(latestOf(dataset).at(-1)), " ", link);
    });
    // A list is rebuilt only when nobody stands in it.
    if (!overview.contains(document.activeElement)) overview.replaceChildren(...(links.length > 1 ? links : []));
    showAlerts();
  };
  let waiting = false;
  const showSoon = (): void => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      show();
    }, 50);
  };

  const take = (window: WindowSummary): void => {
    const of = windows.get(window.dataset) ?? new Map<number, WindowSummary>();
    windows.set(window.dataset, of);
    if ((of.get(window.index)?.revision ?? 0) > window.revision) return;
    of.set(window.index, window);
    changed.add(window.dataset);
    if (of.size > 2 * shownWindows)
      for (const old of [...of.keys()].sort((a, b) => a - b).slice(0, shownWindows)) of.delete(old);
  };
  const takeAlert = (event: AlertEvent): void => {
    const known = alerts.get(event.id);
    if (known && (known.event.status === "resolved" || known.event.status === event.status)) return;
    alerts.set(event.id, { event });
  };
  /** A service that began anew has other windows of the same numbers. */
  const takeAll = (dataset: string, latest: readonly WindowSummary[]): void => {
    const of = windows.get(dataset)!;
    const newest = latest.at(-1)?.index ?? -1;
    const another = latest.some(({ index, start }) => (of.get(index)?.start ?? start) !== start);
    if (another || Math.max(-1, ...of.keys()) > newest) of.clear();
    for (const window of latest) take(window);
  };

  interface Told {
    readonly name: string;
    readonly firing: readonly AlertEvent[];
    /** Whether former alerts can be asked for. */
    readonly stored: boolean;
  }
  const askAll = async (): Promise<void> => {
    const found = (await askedJson("v1/datasets")) as readonly Told[];
    for (const { name } of found) {
      if (!windows.has(name)) windows.set(name, new Map());
      changed.add(name);
    }
    const before = await Promise.all(
      found.map(async ({ name, stored }) => {
        const path = `v1/${encodeURIComponent(name)}`;
        takeAll(name, await askedJson(`${path}/windows?limit=${shownWindows}`));
        if (!stored) return [];
        return (await askedJson(`${path}/alerts?limit=${shownAlerts}`).catch(() => [])) as readonly AlertEvent[];
      }),
    );
    for (const event of [...found.flatMap(({ firing }) => firing), ...before.flat()]) takeAlert(event);
    for (const event of before.flat()) if (event.status === "resolved") takeAlert(event);
    const firing = new Set(found.flatMap((one) => one.firing.map(({ id }) => id)));
    for (const [id, { event }] of alerts) {
      if (event.status === "firing" && !firing.has(id)) alerts.set(id, { event: { ...event, status: "resolved" } });
    }
  };

  /** Until the connection ends. */
  const listen = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (text + value).split("\n\n");
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
        wait = 250;
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
