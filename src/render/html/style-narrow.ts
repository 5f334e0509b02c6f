/** Narrow windows and phones: lines of tables become cards. */
export const narrowStyle = `@media (max-width:1100px){body{padding:0 1.2rem 2rem}.d{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.d>:first-child{grid-column:1/-1;max-width:34rem}}
@media (max-width:900px){
.t,.t>tbody{display:block}
.t colgroup{display:none}
.t>thead,.t>thead>tr{display:flex;flex-wrap:wrap;gap:.2rem .9rem}
.t>thead{margin-bottom:.6rem}
.t>thead>tr>th{position:static;padding:0;box-shadow:none}
.t>thead>tr>th:not([data-sort]){display:none}
.t>caption{display:block}
.t>tbody{position:relative;border:1px solid var(--line);border-radius:.5rem;margin:0 0 .6rem;overflow:hidden}
.t>tbody>tr:first-child{display:grid;grid-template-columns:minmax(0,.8fr) minmax(0,1.15fr) minmax(0,1fr);gap:.15rem .8rem;padding:.6rem .8rem .7rem}
.t>tbody>tr:first-child>*{display:block;height:auto;padding:0;border:0;align-self:center}
.t>tbody>tr>th{grid-column:1/3;padding-left:1.1rem!important}
.t>tbody>tr>td:nth-child(3){grid-column:3;grid-row:1;text-align:right}
.t>tbody>tr>td:nth-child(2),.t>tbody>tr>td:nth-child(4),.t>tbody>tr>td:nth-child(5){grid-row:2;font-size:.8rem;color:var(--quiet)}
.t>tbody>tr>td:nth-child(5)::before{content:"p "}
.t>tbody>tr>td:nth-child(6){grid-column:2/4;grid-row:3}
.t>tbody>tr>td:nth-child(7){grid-column:1;grid-row:3}
.t>tbody>tr>td:nth-child(8){grid-column:1/4;grid-row:4}
.t .q>span,.t .i>span{-webkit-line-clamp:3}
.t .x,.t .x>td{display:block;position:static}
.x details>summary{bottom:0;top:0;height:auto}
.x details[open]>summary{bottom:auto;height:2.75rem}
.x summary::before{left:.7rem;top:.95rem}
.d{padding:.8rem;border:0;border-top:1px solid var(--line)}
}
@media (max-width:640px){
html{scroll-padding-top:1rem}
body{padding:0 .9rem 2rem}
nav{position:static;gap:.1rem 1rem}
h2.b{font-size:1.6rem}
section{margin-bottom:2.2rem}
.tiles{display:grid;grid-template-columns:1fr 1fr;gap:.5rem 1rem}
.tiles dd{font-size:1.07rem}
.o label,.o input,.o select{width:100%}
.o input,.o select{margin:.1rem 0 0}
.d{grid-template-columns:minmax(0,1fr)}
.d>:last-child{order:-1}
.d dl{grid-template-columns:minmax(0,8.5rem) minmax(0,1fr)}
.s tr>:first-child{width:30%}
.s td:last-child{width:24%}
.w text{font-size:10.5px}
dl.wide{grid-template-columns:1fr;gap:0}
dl.wide dd{margin-bottom:.5rem}
.l,.l>tbody,.l>caption{display:block}
.l>thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.l>tbody>tr{display:flex;flex-wrap:wrap;gap:.1rem 1rem;padding:.45rem 0;border-top:1px solid var(--line)}
.l>tbody>tr>*{display:block;border:0;padding:0}
.l>tbody>tr>td{text-align:left}
.l>tbody>tr>th,.l>tbody>tr>td:last-child:not(.n):not(:has(>svg)){flex:1 0 100%}
.l>tbody>tr>td::before{color:var(--quiet)}
#checks td:nth-child(3)::before{content:"is "}
#checks td:nth-child(4)::before{content:"should be "}
#model .l td:nth-child(2)::before,#correlations td:nth-child(3)::before{content:"reference "}
#model .l td:nth-child(3)::before,#correlations td:nth-child(4)::before{content:"current "}
#model .l td:nth-child(4)::before{content:"difference "}
#correlations td:nth-child(6)::before,#kind .l td:nth-child(3)::before{content:"p "}
#kind .l td:nth-child(4)::before{content:"effect "}
#segments td:nth-child(2)::before{content:"reference rows "}
#segments td:nth-child(3)::before{content:"current rows "}
#segments td:nth-child(4)::before{content:"drifted "}
.y.wide,.pair .y{min-width:0;width:100%}
.cm{width:100%;font-size:.8rem}
.cm td,.cm th{padding:.2rem .3rem}
}
`;
