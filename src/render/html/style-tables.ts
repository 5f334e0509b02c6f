/** Tables, and what a column's line opens to. */
export const tableStyle = `table{border-collapse:collapse;font-size:.87rem}
th{text-align:left;font-weight:600}
.n,.y td,.s td{text-align:right;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:0 0 .3rem}
thead th,thead td{color:var(--quiet);font-weight:500;font-size:.8rem;vertical-align:bottom}
.o{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem;align-items:center;margin:0 0 .8rem;font-size:.87rem}
.o label{color:var(--quiet)}
.o input,.o select{margin-left:.35rem;color:var(--ink)}
.o output{color:var(--quiet);font-variant-numeric:tabular-nums}
.t{width:100%;table-layout:fixed}
.t>caption{font-weight:400;color:var(--quiet);font-size:.8rem}
.t>caption span{margin-right:1.1rem}
.w1{width:16%}.w2{width:8.5%}.w3{width:9.5%}.w4{width:12%}.w5{width:7%}.w6{width:12%}.w7{width:10.5%}.w8{width:24.5%}
.t>thead>tr>th{vertical-align:baseline;position:sticky;top:2.6rem;z-index:2;padding:.35rem .5rem;background:var(--paper);box-shadow:inset 0 -1px var(--line)}
.t thead button{border:0;padding:.1rem 0;background:none;font-weight:500;text-align:inherit}
.t thead button::after{content:" ↕";opacity:.45}
.t [aria-sort=ascending] button::after{content:" ↑";opacity:1}
.t [aria-sort=descending] button::after{content:" ↓";opacity:1}
.t thead [aria-sort] button{color:var(--ink);font-weight:650}
.t>tbody>tr:first-child>*{height:3rem;padding:.2rem .5rem;border-top:1px solid var(--line);overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:middle}
.t>tbody>tr>th{padding-left:1.3rem!important;font-size:.93rem}
.t>tbody:hover>tr:first-child>*{background:var(--hover)}
.t>tbody:target>tr:first-child>*{background:var(--hover)}
.t .q>span,.t .i>span{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;white-space:normal;line-height:1.3}
.x>td{position:relative;padding:0}
.x details>summary{position:absolute;left:0;right:0;bottom:100%;height:3rem;cursor:pointer;list-style:none}
.x summary::-webkit-details-marker{display:none}
.x summary::before{content:"";position:absolute;left:.25rem;top:1.2rem;border:.3rem solid transparent;border-left:.42rem solid var(--quiet);border-right:0}
.x [open]>summary::before{transform:rotate(90deg)}
.x summary:focus-visible{outline-offset:-2px}
.d{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(0,.95fr) minmax(0,1fr);gap:1.2rem 2.4rem;padding:1.1rem 1.3rem 1.6rem;background:var(--panel);border-bottom:1px solid var(--line)}
.d>div:empty{display:none}
.d p{margin:0 0 .5rem;font-size:.87rem}
.d .j{font-size:1rem;font-weight:600}
.u{color:var(--quiet)}
dl{margin:.4rem 0 .8rem;font-size:.87rem}
.d dl,dl.wide{display:grid;grid-template-columns:minmax(0,11rem) minmax(0,1fr);gap:.2rem 1rem}
dl.wide{grid-template-columns:minmax(0,17rem) minmax(0,1fr);max-width:100ch}
.d dt,.wide dt{color:var(--quiet)}
dt::first-letter{text-transform:uppercase}
.d dd,.wide dd{margin:0;font-variant-numeric:tabular-nums}
.y{width:100%}
.y.wide{max-width:60rem;table-layout:fixed}
.y.wide td,.y.wide thead th{text-align:left}
.y thead th{text-align:right}
.y tbody th,.s tbody th{font-weight:400;color:var(--quiet)}
.y th{overflow-wrap:normal}
.y:not(.wide) td{white-space:nowrap}
.y:not(.wide) td bdi{white-space:normal}
.y th,.y td,.s th,.s td{padding:.1rem .5rem .1rem 0}
.y td+td{padding-right:0}
.y:not(.wide) td+td{padding-left:.6rem}
.y tbody tr,.s tbody tr{border-top:1px solid var(--line)}
.s{width:100%;margin:0 0 1rem;table-layout:fixed}
.s tr>:first-child{width:36%}
.s thead th{text-align:right;white-space:nowrap}
.s td:last-child{width:32%;padding-right:0}
.s svg{display:block;width:100%;height:.75rem}
.s rect{height:50%}
.s .cb{y:50%}
.s .ob{height:100%;fill:var(--quiet)}
.s.one{max-width:32rem}
.l{width:100%;margin:0 0 1rem}
.l th,.l td{padding:.3rem 1rem .3rem 0;vertical-align:top}
.l>tbody>tr>*{border-top:1px solid var(--line)}
.l tbody th{min-width:10rem}
#segments tbody th{min-width:14rem}
@media (min-width:641px){#checks .l{table-layout:fixed}#checks thead th{width:15%}#checks thead th:first-child{width:30%}#checks thead th:nth-child(4){width:20%}#checks thead th:last-child{width:20%}}
@media (min-width:901px){.l .n{white-space:nowrap}}
.l div>bdi{font-weight:600}
.pair{display:flex;flex-wrap:wrap;gap:1.5rem 2.5rem;align-items:start;margin-top:1rem}
.pair figure{max-width:20rem}
.pair .y{width:auto;min-width:20rem}
.cm td,.cm th{padding:.3rem .6rem;text-align:right;font-variant-numeric:tabular-nums}
.cm caption{white-space:nowrap}
.cm caption small{font-weight:400}
.cm td small{display:block;color:inherit}
.cm tbody td{border:1px solid var(--line)}
.cm tbody th{text-align:left;font-weight:500}
${[1, 2, 3, 4, 5, 6].map((shade) => `.s${shade}{background:color-mix(in srgb,var(--ref) ${6 * shade}%,transparent)}`).join("")}
`;
