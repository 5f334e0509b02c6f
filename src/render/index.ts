/** What a report looks like to people and programs. */
export { toArrow } from "./arrow/metrics-arrow.js";
export { renderChecks } from "./checks.js";
export { type CsvOptions, renderCsv } from "./csv.js";
export { type HtmlOptions, renderHtml } from "./html/page.js";
export { renderJson } from "./json.js";
export { type JunitOptions, renderJunit } from "./junit.js";
export { type MarkdownOptions, renderMarkdown } from "./markdown.js";
export { renderText, type TextOptions } from "./text.js";
export type { SideNames } from "./verdict.js";
