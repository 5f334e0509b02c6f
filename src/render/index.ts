/** What a report looks like to people and programs. */
export { renderChecks } from "./checks.js";
export { type HtmlOptions, renderHtml } from "./html/page.js";
export { renderJson } from "./json.js";
export { type JunitOptions, renderJunit } from "./junit.js";
export { type MarkdownOptions, renderMarkdown } from "./markdown.js";
export { renderText, type TextOptions } from "./text.js";
export type { SideNames } from "./verdict.js";
