/** What a report looks like to people and programs. */
export { renderJson } from "./json.js";
export { renderText, type TextOptions } from "./text.js";
