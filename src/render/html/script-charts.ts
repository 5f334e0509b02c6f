/** Runs on the page: numbers under the pointer, read off the lines that are drawn. */
import type { Geometry } from "./chart-geometry.js";

export function runCharts({ left, right, width, bins, steps }: Geometry): void {
  type Points = [number, number][];
  const svg = (name: string): SVGElement => document.createElementNS("http://www.w3.org/2000/svg", name);
  const shown = svg("g");
  const rule = svg("path");
  const text = svg("text");
  shown.setAttribute("class", "ro");
  shown.setAttribute("aria-hidden", "true");
  text.setAttribute("x", String(right));
  text.setAttribute("y", "9");
  shown.append(rule, text);

  /** A path of M, h, v and l, as points. */
  const pointsOf = (path: Element): Points => {
    const points: Points = [];
    let [x, y] = [0, 0];
    for (const [, step, one, other] of path.getAttribute("d")!.matchAll(/([Mhvlz])(-?\d+)?\s?(-?\d+)?/g)) {
      const [a, b] = [Number(one ?? 0), Number(other ?? 0)];
      if (step === "M") [x, y] = [a, b];
      else if (step === "h") x += a;
      else if (step === "v") y += a;
      else if (step === "l") [x, y] = [x + a, y + b];
      points.push([x, y]);
    }
    return points;
  };
  const heightAt = (points: Points, x: number): number => {
    if (points.length === 0) return Number.NaN;
    const k = points.findIndex((point, k) => point[0] <= x && (points[k + 1]?.[0] ?? -1) > x);
    if (k < 0) return points.at(-1)![1];
    const [[x0, y0], [x1, y1]] = [points[k]!, points[k + 1]!];
    return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  };
  const short = (x: number): string =>
    String(Number(x.toPrecision(3)))
      .replace("-", "−")
      .replace("e−", "e-")
      .replace("e+", "e");
  const percent = (share: number): string =>
    Number.isNaN(share) ? "–" : `${Number((100 * Math.max(0, share)).toPrecision(2))} %`;
  const part = (content: string, side = ""): SVGElement => {
    const span = svg("tspan");
    if (side) span.setAttribute("class", side);
    span.textContent = content;
    return span;
  };

  document.addEventListener("pointermove", (event) => {
    const chart = (event.target as Element).closest<SVGElement>("svg.w");
    if (!chart) {
      shown.remove();
      return;
    }
    const box = chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    if (x < left || x >= right) return;
    const [low, high] = chart.dataset.x!.split(" ").map(Number) as [number, number];
    const value = low + ((high - low) * (x - left)) / (right - left);
    const [binned, binnedNow, sums, sumsNow] = Array.from(chart.querySelectorAll(".ra,.cl,.rl"), pointsOf) as Points[];
    const most = Number(chart.dataset.y ?? 0);
    const inBin = (points: Points): string =>
      percent(((bins.bottom - heightAt(points, x)) / (bins.bottom - bins.top)) * most);
    const upTo = (points: Points): string => percent((steps.bottom - heightAt(points, x)) / (steps.bottom - steps.top));
    const at = chart.dataset.t ? new Date(value).toISOString().slice(0, 16).replace("T", " ") : short(value);
    const ofBin = most > 0 ? [part(" bin "), part(inBin(binned!), "rt"), part(" "), part(inBin(binnedNow!), "ct")] : [];
    text.replaceChildren(
      part(at),
      ...ofBin,
      part(" up to it "),
      part(upTo(sums!), "rt"),
      part(" "),
      part(upTo(sumsNow!), "ct"),
    );
    rule.setAttribute("d", `M${Math.round(x)} ${bins.top}V${steps.bottom}`);
    if (shown.parentNode !== chart) chart.append(shown);
  });
}
