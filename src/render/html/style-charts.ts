/** Pictures. */
export const chartStyle = `figure{margin:0 0 1rem}
figcaption{font-size:.8rem;color:var(--quiet)}
figcaption span{margin-right:.7rem}
svg{overflow:visible}
.w{display:block;width:100%;max-width:34rem}
.w text,.cal text{font-size:9px;fill:var(--quiet);font-variant-numeric:tabular-nums}
.w .a,.cal .a{text-anchor:middle}
.w .y,.cal .y{text-anchor:end}
.g{fill:none;stroke:var(--line);stroke-width:1}
.ra{fill:color-mix(in srgb,var(--ref) 38%,transparent)}
.rl,.cl{fill:none;stroke:var(--ref);stroke-width:1.6;stroke-linejoin:round}
.cl{stroke:var(--cur)}
.rb{fill:var(--ref)}
.cb{fill:var(--cur)}
.k{fill:none;stroke:var(--ink);stroke-width:1.4}
.w .kt{fill:var(--ink);font-weight:600;stroke:var(--panel);stroke-width:3;paint-order:stroke}
.w .ro text{fill:var(--ink);text-anchor:end}
.ro path{stroke:var(--quiet);stroke-width:1;stroke-dasharray:2 2}
.w .ro .rt{fill:var(--ref)}.w .ro .ct{fill:var(--cur)}
.m{display:block;width:100%;max-width:120px;height:28px}
.e{display:block;font-size:.8rem;line-height:1.25;color:var(--quiet)}
.e b{font-weight:500;font-size:.87rem;color:var(--ink)}
.e.big b{font-weight:700}
.f{display:block;width:100%;height:6px;margin-top:3px;background:var(--line)}
.f rect{height:6px}
.fb{fill:var(--quiet)}
.fl{fill:var(--bad)}
.fm{x:calc(50% - 1px);width:2px;fill:var(--ink)}
.p{display:block;width:120px;height:16px}
.cal{display:block;width:15rem}
`;
