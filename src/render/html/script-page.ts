/** Runs on the page: light and dark, links that open what they lead to, details open on paper. */
export function runPage(): void {
  const root = document.documentElement;
  const toggle = document.querySelector<HTMLButtonElement>("#theme")!;
  const dark = (): boolean =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const told = (): void => {
    toggle.textContent = dark() ? "Light" : "Dark";
    toggle.setAttribute("aria-label", dark() ? "Show in light colours" : "Show in dark colours");
  };
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    told();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", told);
  told();

  const openTarget = (): void => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target?.matches("tbody") ? target.querySelector("details") : null;
    if (!details) return;
    details.open = true;
    details.querySelector("summary")?.focus({ preventScroll: true });
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  let closed: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll<HTMLDetailsElement>("details:not([open])"));
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
}
