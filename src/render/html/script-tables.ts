/** Runs on the page: sorts by the buttons in a table's head, what is not known last, and shows only the bodies that are searched for. */
export function runTables(): void {
  const bodies = (table: Element): HTMLElement[] => Array.from(table.querySelectorAll<HTMLElement>("tbody[data-c]"));

  const collator = new Intl.Collator("en", { numeric: true });
  for (const head of document.querySelectorAll<HTMLTableCellElement>("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(head));
  }

  function sortBy(head: HTMLTableCellElement): void {
    const table = head.closest("table")!;
    const key = head.dataset.sort!;
    const before = head.getAttribute("aria-sort");
    const first = key === "e" ? "descending" : "ascending";
    const order = before === null ? first : before === "ascending" ? "descending" : "ascending";
    for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const factor = order === "ascending" ? 1 : -1;
    const keyed = bodies(table).map((body, place) => {
      const cell = body.querySelector<HTMLTableRowElement>("tr")!.cells[head.cellIndex]!;
      return { body, place, number: Number(body.dataset[key]), text: key === "text" ? cell.textContent : "" };
    });
    const absent = ({ number, text }: (typeof keyed)[number]): number =>
      Number(key === "text" ? text === "–" : Number.isNaN(number));
    keyed.sort(
      (one, other) =>
        absent(one) - absent(other) ||
        factor * (key === "text" ? collator.compare(one.text, other.text) : one.number - other.number) ||
        one.place - other.place,
    );
    table.append(...keyed.map(({ body }) => body));
  }

  for (const form of document.querySelectorAll<HTMLFormElement>("form.o")) {
    const table = document.getElementById(form.dataset.for!)!;
    const [field, choice] = [form.querySelector("input")!, form.querySelector("select")];
    const count = form.querySelector("output")!;
    const texts = new Map(bodies(table).map((body) => [body, body.querySelector("tr")!.textContent.toLowerCase()]));
    const noun = texts.size === 1 ? form.dataset.noun! : `${form.dataset.noun}s`;
    const filter = (): void => {
      const words = field.value.toLowerCase().split(/\s+/);
      const chosen = choice?.value ?? "";
      let shown = 0;
      for (const [body, text] of texts) {
        body.hidden = !((chosen === "" || body.dataset.c === chosen) && words.every((word) => text.includes(word)));
        if (!body.hidden) shown++;
      }
      const all = shown === texts.size;
      count.textContent = all ? `${shown} ${noun}` : `${shown} of ${texts.size} ${noun}`;
      for (const group of table.querySelectorAll<HTMLDetailsElement>(":scope > details")) {
        group.hidden = bodies(group).every((body) => body.hidden);
        if (!group.hidden && !all) group.open = true;
      }
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
  }
}
