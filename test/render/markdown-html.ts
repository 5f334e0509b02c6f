/** Markdown as GitHub would show it: tables, HTML, strikethrough and links without brackets. */
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt("default", { html: true, linkify: true });
// What GitHub links without a scheme is looked for in the text.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

export function elementsOf(source: string): { readonly html: string; readonly elements: ReadonlySet<string> } {
  const html = markdown.render(source);
  return { html, elements: new Set(Array.from(html.matchAll(/<([a-z][a-z0-9]*)/gi), ([, name = ""]) => name)) };
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

/** What can be read outside code, in which nothing is looked for. */
export function textOf(html: string): string {
  return html
    .replace(/<code>[\s\S]*?<\/code>/g, "‹code›")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name]!);
}
