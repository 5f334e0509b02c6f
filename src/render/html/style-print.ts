/** Paper: everything open, nothing to press, and no line torn from its detail where that can be helped. */
export const printStyle = `@media print{
html{font-size:10.5px}
body{max-width:none;padding:0}
nav,.o,.skip,#theme{display:none!important}
details::details-content{content-visibility:visible!important;display:block!important}
.x summary::before,.t thead button::after{display:none}
.t>thead>tr>th{position:static}
.d{grid-template-columns:minmax(0,1.2fr) minmax(0,1fr) minmax(0,1fr);gap:1rem}
h2{break-after:avoid}
tr,figure,.tiles div,.d{break-inside:avoid}
.t>tbody>tr:first-child{break-after:avoid}
svg,svg *,.cm td{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}
}
@media print and (max-width:900px){.t>thead{display:none}}
`;
