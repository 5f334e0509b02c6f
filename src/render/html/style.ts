/** The style of the page. */

import { colours } from "./colours.js";
import { chartStyle } from "./style-charts.js";
import { narrowStyle } from "./style-narrow.js";
import { printStyle } from "./style-print.js";
import { tableStyle } from "./style-tables.js";

const base = `*{box-sizing:border-box}
html{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%;scroll-padding-top:3.5rem}
body{margin:0 auto;max-width:86rem;padding:0 2rem 3rem;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
h1{font-size:1.07rem;font-weight:600;margin:0;letter-spacing:.01em}
h2{font-size:1.27rem;line-height:1.3;font-weight:650;margin:0 0 .6rem;letter-spacing:-.005em}
h2.b{font-size:2rem;line-height:1.2;letter-spacing:-.02em;font-weight:700;margin:0 0 .4rem}
h3{font-size:1rem;font-weight:600;margin:1.2rem 0 .4rem}
p{margin:0 0 .6rem;max-width:75ch}
a{color:var(--link);text-underline-offset:.15em}
small{font-size:.8rem;color:var(--quiet)}
abbr{text-decoration:none}
code{font:.87em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
section{margin:0 0 3rem}
header{display:flex;justify-content:space-between;gap:1rem;align-items:start;padding:1.6rem 0 .9rem}
.sides{margin:.15rem 0 0;color:var(--quiet);font-size:.87rem}
header>div{min-width:0}
.sides span{margin-right:1.2rem;white-space:normal}
nav{position:sticky;top:0;z-index:3;display:flex;flex-wrap:wrap;gap:.1rem 1.3rem;margin:0 0 2rem;padding:.6rem 0;background:var(--paper);border-bottom:1px solid var(--line);font-size:.87rem}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
footer{border-top:1px solid var(--line);padding-top:1rem;color:var(--quiet);font-size:.8rem}
button,input,select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.35rem;padding:.3rem .6rem}
button{cursor:pointer}
header button{font-size:.87rem;flex:none}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
[hidden]{display:none!important}
.skip,.h{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:fixed;top:.5rem;left:.5rem;z-index:9;width:auto;height:auto;clip-path:none;padding:.4rem .8rem;background:var(--paper);border:1px solid var(--line)}
.lead{font-size:1.07rem;max-width:70ch}
.q{color:var(--quiet)}
.changes{list-style:none;margin:0 0 1.2rem;padding:0;max-width:90ch}
.changes li{padding:.15rem 0}
.changes a{font-weight:600}
.tiles{display:flex;flex-wrap:wrap;gap:0 2.6rem;margin:1.4rem 0 1.2rem;padding:0}
.tiles div{padding:.3rem 0}
.tiles dt{color:var(--quiet);font-size:.8rem}
.tiles dd{margin:0;font-size:1.27rem;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.tiles small{display:block;font-weight:400;letter-spacing:0}
.z{margin:0 0 1rem}
.z>summary{cursor:pointer;padding:.25rem 0;width:fit-content}
.z ul{margin:.3rem 0 0;padding-left:1.3rem;max-width:90ch;font-size:.93rem}
.v{white-space:nowrap}
p>.v{margin-left:.2em}
.v::before{content:"";display:inline-block;width:.62em;height:.62em;margin-right:.45em;border:.13em solid;border-radius:50%;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.v.drift{color:var(--bad);font-weight:650}
.v.drift::before{border-radius:0;background:currentColor;transform:rotate(45deg) scale(.95)}
.v.structure{color:var(--other);font-weight:650}
.v.structure::before{border-radius:0;background:currentColor}
.v.possible{color:var(--maybe);font-weight:600}
.v.possible::before{background:linear-gradient(90deg,currentColor 50%,transparent 50%)}
.v.unresolved{color:var(--maybe)}
.v.unresolved::before{border-radius:0;transform:rotate(45deg) scale(.9)}
.v.none,.v.unjudged{color:var(--quiet)}
.b .v.none{color:var(--ink)}
.v.unjudged::before{height:0;border-width:.09em;border-radius:0;vertical-align:.3em}
.b .v{white-space:normal}
.b .v::before{width:.55em;height:.55em;margin:0 .5em .05em .1em}
.b .v.unjudged::before{height:0}
@media (forced-colors:active){.v::before,.kr::before,.kc::before,.km::before,.cm td{forced-color-adjust:none}}
.changes .v,.l div>.v{margin-right:.15em}
.kr,.kc,.km{white-space:nowrap}
.kr::before,.kc::before,.km::before{content:"";display:inline-block;width:.9em;height:.62em;margin-right:.4em;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.kr::before{background:color-mix(in srgb,var(--ref) 45%,transparent);border-top:2px solid var(--ref)}
.kc::before{border-top:2.5px solid var(--cur);height:.3em}
.km::before{width:2px;height:.8em;background:var(--ink);vertical-align:-.1em}
`;

export const pageStyle = [colours, base, tableStyle, chartStyle, narrowStyle, printStyle].join("");
