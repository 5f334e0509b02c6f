/** The live page: windows and verdicts of all datasets as they come. One document that asks its own service alone. */
import { version } from "../../engine/version.js";
import { html, trusted } from "../../render/html/markup.js";
import { runPage } from "../../render/html/script-page.js";
import { sha256 } from "../../render/html/sha-256.js";
import { pageStyle } from "../../render/html/style.js";
import { runLive } from "./script-live.js";

const style = `${pageStyle}#status{margin:.15rem 0 0;font-size:.87rem}
#login{margin:0 0 2rem}
#login input{margin:0 .5rem;width:22rem;max-width:100%}
.wide{overflow-x:auto}
.strip{border-collapse:collapse;font-size:.8rem}
.strip th{font-weight:400;text-align:left;padding:0 .8rem 0 0;white-space:nowrap;max-width:16rem;overflow:hidden;text-overflow:ellipsis;border:0}
.strip th.kind{padding:0 0 0 .8rem;color:var(--quiet)}
.cell{position:relative;width:.75rem;min-width:.6rem;height:1.35rem;padding:0;border:1px solid var(--paper);background:var(--line)}
.cell a{position:absolute;inset:0}
.cell.none{background:color-mix(in srgb,var(--ref) 30%,var(--paper))}
.cell.possible{background:linear-gradient(0deg,var(--maybe) 40%,color-mix(in srgb,var(--maybe) 25%,var(--paper)) 40%)}
.cell.some{background:linear-gradient(0deg,var(--bad) 60%,color-mix(in srgb,var(--bad) 25%,var(--paper)) 60%)}
.cell.drift{background:var(--bad)}
.cell.unjudged{background:repeating-linear-gradient(45deg,var(--line) 0 2px,var(--paper) 2px 4px)}
.cell.failed{background:var(--other)}
`;

const script = ['"use strict";(()=>{const __name=(f)=>f;', `(${runPage})();`, `(${runLive})();`, "})();"].join("\n");

/** As a header: the page asks where it came from, and nobody else. */
export const livePolicy = `default-src 'none'; style-src 'sha256-${sha256(style)}'; script-src 'sha256-${sha256(script)}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const closing = trusted(`<script>${script}</script>`);

export const livePage: string = html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><title>Smirnov, live</title><style>${trusted(style)}</style></head><body><header><div><h1>Smirnov, live</h1><p id="status" role="status">connecting</p></div><button type="button" id="theme" hidden>Dark</button></header><form id="login" hidden><input type="text" autocomplete="username" value="smirnov" hidden><label>Token<input id="token" type="password" autocomplete="current-password" required></label><button>Go on</button></form><main id="datasets"></main><footer>Smirnov ${version}. A cell is a window, the newest on the right; what was compared leads to its report. Also here: <a href="openapi.json">openapi.json</a>, <a href="metrics">metrics</a>.</footer>${closing}</body></html>
`.markup;
