/** The script of the page. Everything is there without it: it sorts, searches, reads numbers off and keeps no secrets. */
import { geometry } from "./chart-geometry.js";
import { runCharts } from "./script-charts.js";
import { runPage } from "./script-page.js";
import { runTables } from "./script-tables.js";

/**
 * Functions are written to the page as they were compiled, so that compiler and linter see them; they use nothing from
 * outside themselves. Bundlers that keep names call a helper of theirs, which is not on the page.
 */
export const pageScript = [
  '"use strict";(()=>{const __name=(f)=>f;',
  `(${runPage})();`,
  `(${runTables})();`,
  `(${runCharts})(${JSON.stringify(geometry)});`,
  "})();",
].join("\n");
