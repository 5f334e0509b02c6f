/** The dashboards and rules that are shipped, as tests look at them. */
import { filesIn, text } from "../house/repository.ts";

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly datasource: { readonly uid: string };
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly Target[];
  readonly fieldConfig?: {
    readonly defaults: { readonly unit: string; readonly links?: readonly { readonly url: string }[] };
    readonly overrides: readonly { readonly matcher: { readonly options: string } }[];
  };
  readonly transformations?: readonly {
    readonly id: string;
    readonly options: { readonly renameByName?: Readonly<Record<string, string>> };
  }[];
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string | { readonly query: string };
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly links: readonly { readonly url: string; readonly title: string }[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly { readonly expr?: string }[] };
  readonly panels: readonly Panel[];
}

export const dashboards: readonly (readonly [file: string, dashboard: Dashboard])[] = filesIn(
  "docs/grafana",
  ".json",
).map((file) => [file, JSON.parse(text(file)) as Dashboard]);

/** With every variable at "All", as Grafana fills it in. */
export function filledIn(expression: string): string {
  return expression
    .replaceAll(/\$__(rate_interval|range)\b/g, "1m")
    .replaceAll(/\$(dataset|model|column|metric)\b/g, ".*");
}

/** Every query of every dashboard, those of annotations among them. */
export const dashboardQueries = dashboards.flatMap(([, { title, panels, annotations }]) => [
  ...panels.flatMap((panel) =>
    (panel.targets ?? []).map(({ refId, expr, legendFormat }) => ({
      of: `${title}, ${panel.title}, ${refId}`,
      promql: filledIn(expr),
      legend: legendFormat ?? "",
    })),
  ),
  ...annotations.list.flatMap(({ expr }) =>
    expr === undefined ? [] : [{ of: `${title}, annotations`, promql: filledIn(expr), legend: "" }],
  ),
]);
