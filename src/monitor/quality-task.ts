/** How well a model did on a window whose labels have come, on a worker thread. */
import type { Column, Table } from "../column/column.js";
import { heard } from "../drift/heard-columns.js";
import { windowModelQuality } from "./label-quality.js";
import type { LabelSegments } from "./label-segments.js";
import type { LabelledWindow } from "./label-settings.js";
import type { LabelOptions } from "./monitor-options.js";
import type { WindowModelQuality } from "./window-result.js";
import { messageOf } from "./window-task.js";

export interface QualityTask {
  /** What the model said and what was true; `null`: there is none. */
  readonly reference: Table | null;
  readonly labelled: LabelledWindow;
  readonly options: LabelOptions;
  readonly segments: LabelSegments;
}

export interface QualityFindings {
  readonly quality: WindowModelQuality | null;
  /** Why there is none. */
  readonly failure: string | null;
  readonly seconds: number;
}

/** What the data do not allow is told, never thrown. */
export async function qualityFindings({
  reference,
  labelled,
  options,
  segments,
}: QualityTask): Promise<QualityFindings> {
  const since = performance.now();
  let quality: WindowModelQuality | null = null;
  const failure = await messageOf(async () => {
    quality = await windowModelQuality(reference && heardTable(reference), labelled, options, segments);
  });
  return { quality, failure, seconds: (performance.now() - since) / 1000 };
}

function heardTable(table: Table): Table {
  return {
    ...table,
    columns: new Map([...table.columns].map(([name, column]): [string, Column] => [name, heard(column)])),
  };
}
