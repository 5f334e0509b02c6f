/** An event as chat programs show it: Slack's own marks, and names that cannot make any. */
import type { AlertEvent } from "../monitor/alert-event.js";

const lines = 6;

/**
 * A few lines: what happened, then the digest's first lines.
 *
 * `&`, `<` and `>` are escaped as Slack asks for, so that no name makes a link or calls a channel; marks of bold and code
 * within names are told as they are, and only change how they look.
 */
export function slackText({ status, severity, rule, summary, digest }: AlertEvent): string {
  const head = status === "firing" ? `*${severity}* (${escaped(rule)})` : `*resolved* (${escaped(rule)})`;
  const all = digest.split("\n");
  const more = all.length > lines ? ["…"] : [];
  return [
    `${head}: ${escaped(summary)}`,
    ...[...all.slice(0, lines), ...more].map((line) => `> ${escaped(line)}`),
  ].join("\n");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\r\n]+/g, " ");
}
