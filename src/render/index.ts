/** What a report looks like to people and programs. */
export { type HtmlOptions, renderHtml } from "./html/page.js";
export { renderJson } from "./json.js";
export { renderText, type TextOptions } from "./text.js";
