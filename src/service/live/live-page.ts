/** The live page: windows and verdicts of all datasets as they come. One document that asks its own service alone. */
import { version } from "../../engine/version.js";
import { html, trusted } from "../../render/html/markup.js";
import { pageScript } from "../../render/html/script.js";
import { runPage } from "../../render/html/script-page.js";
import { sha256 } from "../../render/html/sha-256.js";
import { pageStyle } from "../../render/html/style.js";
import { runLive } from "./script-live.js";
import { liveView } from "./script-live-view.js";

const style = `${pageStyle}#status{margin:.15rem 0 0;font-size:.87rem}
#login{margin:0 0 2rem}
#login input{margin:0 .5rem;width:22rem;max-width:100%}
#all{columns:20rem}
#all:empty{display:none}
section{scroll-margin-top:1rem}
.wide{overflow-x:auto;margin:0 0 1rem}
.strip,.figures{border-collapse:collapse;font-size:.8rem}
.strip th,.figures th{position:sticky;left:0;z-index:1;font-weight:400;text-align:left;padding:0 .8rem 0 0;white-space:nowrap;max-width:16rem;overflow:hidden;text-overflow:ellipsis;border:0;background:var(--paper)}
.strip .kind{padding:0 0 0 .8rem;color:var(--quiet);white-space:nowrap;border:0}
.cell{position:relative;width:.8rem;min-width:.7rem;height:1.35rem;padding:0;border:1px solid var(--paper);background:var(--line);print-color-adjust:exact}
.cell a{position:absolute;inset:0}
.cell a:focus-visible{z-index:1}
.cell.none{background:color-mix(in srgb,var(--ref) 30%,var(--paper))}
.cell.possible{background:linear-gradient(0deg,var(--maybe) 40%,color-mix(in srgb,var(--maybe) 25%,var(--paper)) 40%)}
.cell.some{background:linear-gradient(0deg,var(--bad) 60%,color-mix(in srgb,var(--bad) 25%,var(--paper)) 60%)}
.cell.drift{background:var(--bad)}
.cell.unjudged{background:repeating-linear-gradient(45deg,var(--line) 0 2px,var(--paper) 2px 4px)}
.cell.failed{background:var(--other)}
.figures td{padding:.1rem .8rem .1rem 0;border:0;white-space:nowrap}
.figures svg{display:block}
.figures path{fill:none;stroke:var(--ref);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.figures .n{text-align:right;font-weight:600;font-variant-numeric:tabular-nums}
.digest{white-space:pre-wrap;font-size:.87rem;color:var(--quiet);padding:.2rem 0 .6rem 1rem}
#alerts summary{cursor:pointer;width:fit-content;font-size:.87rem}
@media (max-width:40rem){.strip th,.figures th{max-width:8rem}.figures td:last-child{display:none}}
@media (forced-colors:active){.cell{forced-color-adjust:none}}
`;

const script = [
  '"use strict";(()=>{const __name=(f)=>f;',
  `(${runPage})();`,
  `(${runLive})(${liveView});`,
  "})();",
].join("\n");

/**
 * As a header: the page asks where it came from, and nobody else. Reports that it fetched with its token have this policy
 * beside their own, so that it has their style and script too.
 */
export const livePolicy = `default-src 'none'; style-src ${allowed(style, pageStyle)}; script-src ${allowed(script, pageScript)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

function allowed(...texts: readonly string[]): string {
  return texts.map((text) => `'sha256-${sha256(text)}'`).join(" ");
}

const closing = trusted(`<script>${script}</script>`);

export const livePage: string = html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><title>Smirnov, live</title><style>${trusted(style)}</style></head><body><header><div><h1>Smirnov, live</h1><p id="status" role="status">connecting</p></div><button type="button" id="theme" hidden>Dark</button></header><noscript><p>This page needs scripts; reports at v1/{dataset}/report.html do not.</p></noscript><form id="login" hidden><input type="text" autocomplete="username" value="smirnov" hidden><label>Token<input id="token" type="password" autocomplete="current-password" required></label><button>Go on</button></form><main><p><a href="#alerts-title" id="firing"></a></p><ul id="all" class="changes" aria-label="Datasets"></ul><div id="datasets"></div><section><h2 id="alerts-title">Alerts</h2><ul id="alerts" class="changes"></ul></section></main><footer>Smirnov ${version}. A cell is a window, the newest on the right; what was compared leads to its report. Times are UTC. Also here: <a href="openapi.json">openapi.json</a>, <a href="metrics">metrics</a>.</footer>${closing}</body></html>
`.markup;
