const light = `--paper:#f6f7f9;--card:#fff;--ink:#1c2230;--dim:#657084;--line:#dde1e8;--hover:#f1f3f7;--chosen:#e3ebfb;--accent:#2f5bd0;
--good:#1b7a43;--warn:#9a6200;--bad:#bf2f35;--bad-paper:#fdf0f0;--client:#2f5bd0;--upstream:#0f7f86;
--p-blocked:#c3c9d4;--p-dns:#7a63c7;--p-connect:#c98a1b;--p-tls-upstream:#0f7f86;--p-tls-client:#2f5bd0;--p-send:#b0569b;--p-wait:#8fb98f;--p-receive:#1b7a43;`

const dark = `--paper:#14171c;--card:#1b1f26;--ink:#dfe4ec;--dim:#8f9aab;--line:#2f3540;--hover:#222731;--chosen:#243455;--accent:#86a8ff;
--good:#63c58b;--warn:#e0ac4f;--bad:#f2777c;--bad-paper:#321f22;--client:#86a8ff;--upstream:#4fc3c9;
--p-blocked:#4a5261;--p-dns:#a794ee;--p-connect:#d9a441;--p-tls-upstream:#3aa7ad;--p-tls-client:#6f95f5;--p-send:#cf7fbb;--p-wait:#5f8a66;--p-receive:#63c58b;`

/** The colours by what they mean, for day, night and paper. */
const colours = `:root{color-scheme:light dark;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
`

/** Everything that a report wears. `rowHeight` of page/list.ts is here as 28px. */
export const pageStyle = `${colours}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1240px;padding:28px 28px 80px;background:var(--paper);color:var(--ink);
font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
h1,h2,h3,h4,p,dl,dd,ul{margin:0}
h1{font-size:22px;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:17px;font-weight:650;overflow-wrap:anywhere;line-height:1.35}
h2 span{font-weight:400}
h3{margin:30px 0 10px;font-size:14px;font-weight:650}
h4{margin:0 0 6px;font-size:12px;font-weight:600;color:var(--dim)}
.top{margin-bottom:22px}
.brand{margin-bottom:14px;font-weight:700;letter-spacing:.02em;color:var(--accent)}
.brand span{font-weight:400;color:var(--dim)}
.about,.quiet,.kicker,.facts,.hint{color:var(--dim)}
.note{padding:12px 16px;border:1px solid var(--line);border-radius:8px}
.summary{display:flex;flex-wrap:wrap;gap:10px 34px;margin-bottom:20px}
.summary dt{font-size:12px;color:var(--dim)}
.summary dd{font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
.summary .bad dd{color:var(--bad)}
.summary .warn dd{color:var(--warn)}
.filter{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px;padding:8px 0;background:var(--paper)}
.filter input{flex:1 1 320px;min-width:0;height:36px;padding:0 12px;border:1px solid var(--line);border-radius:8px;
background:var(--card);color:inherit;font:13px var(--mono)}
.filter input:focus-visible,.list:focus-visible,button:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.chips{display:flex;flex-wrap:wrap;gap:6px}
button{height:30px;padding:0 11px;border:1px solid var(--line);border-radius:15px;background:var(--card);color:inherit;font:inherit;font-size:12.5px;cursor:pointer}
button:hover{border-color:var(--accent);color:var(--accent)}
.count{margin-left:auto;font-variant-numeric:tabular-nums;color:var(--dim)}
.hint{flex-basis:100%;font:11.5px var(--mono);white-space:pre-wrap}
.hint.wrong{color:var(--bad)}
.list{max-height:min(46vh,440px);overflow:auto;border:1px solid var(--line);border-radius:10px;background:var(--card);overscroll-behavior:contain}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:500}
.flows{table-layout:fixed;font-size:12.5px;font-variant-numeric:tabular-nums}
.flows thead th{position:sticky;top:0;z-index:1;height:30px;padding:0 8px;background:var(--card);box-shadow:inset 0 -1px var(--line);
font-size:11.5px;color:var(--dim);white-space:nowrap;overflow:hidden}
.flows td{height:28px;padding:0 8px;overflow:hidden;white-space:pre;text-overflow:ellipsis}
.flows .space td{padding:0}
.row{cursor:pointer}
.row:hover td{background:var(--hover)}
.row.chosen td{background:var(--chosen)}
.row.failed .c-url,.row.failed .c-status{color:var(--bad)}
.row.cancelled{color:var(--dim)}
.c-id{width:64px;text-align:right!important;color:var(--dim)}
.c-time{width:76px;color:var(--dim)}
.c-method{width:72px}
.c-status{width:60px}
.c-type{width:92px;color:var(--dim)}
.c-size{width:60px;text-align:right!important}
.c-total{width:78px;text-align:right!important}
.c-legs{width:136px;color:var(--dim)}
.c-delta{width:34px;text-align:center!important}
.c-wave{width:210px}
.host{color:var(--dim)}
.row.failed .host{color:inherit}
.scale{float:right;font-weight:400;white-space:pre}
.star{color:var(--warn)}
.s2{color:var(--good)}.s3{color:var(--dim)}.s4{color:var(--warn)}.s5{color:var(--bad)}
.bar{display:block;width:100%;height:10px}
.bar rect{fill:var(--dim)}
.bar .p-blocked{fill:var(--p-blocked)}.bar .p-dns{fill:var(--p-dns)}.bar .p-connect{fill:var(--p-connect)}
.bar .p-tls-upstream{fill:var(--p-tls-upstream)}.bar .p-tls-client{fill:var(--p-tls-client)}
.bar .p-send{fill:var(--p-send)}.bar .p-wait{fill:var(--p-wait)}.bar .p-receive{fill:var(--p-receive)}
article{margin-top:26px;padding:22px 24px 24px;border:1px solid var(--line);border-radius:12px;background:var(--card);overflow-wrap:anywhere}
.kicker{margin-bottom:4px;font-size:12px}
.facts{margin-top:4px;white-space:pre-wrap}
.comment{margin-top:12px;padding:8px 12px;border-left:3px solid var(--warn);background:var(--hover)}
.finding{margin-top:8px;color:var(--bad)}
.problem{margin-top:14px;padding:10px 14px;border-left:3px solid var(--bad);border-radius:0 6px 6px 0;background:var(--bad-paper)}
.problem p{overflow-wrap:anywhere}
.acts,.reasons{margin:12px 0 0;padding-left:20px}
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:24px;margin-top:16px}
.start{padding-bottom:6px;font:600 12.5px/1.5 var(--mono);overflow-wrap:anywhere}
.headers,.keys,.messages{font:12px/1.5 var(--mono)}
.headers th,.headers td,.keys th,.keys td,.messages th,.messages td{padding:1px 12px 1px 0;vertical-align:top;overflow-wrap:anywhere;white-space:pre-wrap}
.headers th{width:34%;color:var(--dim);font-weight:400}
.masked{letter-spacing:1px;color:var(--dim)}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.wide{width:100%}
details{margin-top:10px}
summary{padding:3px 0;color:var(--accent);cursor:pointer}
pre{max-height:480px;margin:6px 0 0;padding:12px 14px;overflow:auto;border:1px solid var(--line);border-radius:8px;background:var(--paper);
font:12px/1.5 var(--mono);white-space:pre-wrap;overflow-wrap:anywhere}
pre .t-name{color:var(--accent)}pre .t-string{color:var(--good)}pre .t-number,pre .t-word{color:var(--warn)}pre .t-dim{color:var(--dim)}
img{display:block;max-width:100%;max-height:360px;margin-top:8px}
.phases{font-size:12.5px}
.phases th{padding:2px 16px 2px 0;font-weight:400;white-space:nowrap}
.phases td{padding:2px 16px 2px 0}
.verdict{margin-top:18px;padding:12px 16px;border-left:3px solid var(--line);border-radius:0 6px 6px 0;background:var(--hover);overflow-wrap:anywhere}
.verdict small{display:block;font-size:12px;color:var(--dim)}
.v-yes{border-color:var(--good)}.v-no{border-color:var(--bad)}.v-unknown{border-color:var(--warn)}
.legend{font-size:12px;white-space:pre-wrap}
.sequence{margin-top:12px}
.sequence svg{display:block;width:100%;height:auto;margin-bottom:18px}
.sequence text{font:12px var(--mono);fill:var(--ink);white-space:pre}
.sequence .name{font:650 14px system-ui,sans-serif}
.sequence .says,.sequence .time,.sequence .fact{fill:var(--dim)}
.sequence .title{font-weight:650}
.sequence .life{stroke:var(--line);stroke-width:2}
.sequence .party circle,.sequence .dot{fill:var(--dim)}
.sequence .client .arrow{stroke:var(--client);fill:var(--client)}
.sequence .upstream .arrow{stroke:var(--upstream);fill:var(--upstream)}
.sequence .arrow line{stroke-width:1.5}
.sequence .arrow path{stroke:none}
.sequence .phase .title{font-weight:500}
.sequence .good .title{fill:var(--good)}
.sequence .bad .title,.sequence .bad .detail,.sequence .bad .fact{fill:var(--bad)}
.sequence .bad .arrow{stroke:var(--bad);fill:var(--bad)}
.sequence .cell.dim .title,.sequence .cell.dim .detail{fill:var(--dim)}
.sequence .mark circle{fill:var(--card);stroke:var(--warn);stroke-width:1.5}
.sequence .mark.m-bad circle{stroke:var(--bad)}
.sequence .mark text{font-weight:700;fill:var(--warn)}
.sequence .mark.m-bad text{fill:var(--bad)}
.m-warn{color:var(--warn)}.m-bad{color:var(--bad)}.m-same{color:var(--dim)}
.comparison{font-size:13px;table-layout:fixed}
.comparison thead th{padding:4px 10px 6px 0;font-size:12px;color:var(--dim)}
.comparison tbody{border-top:1px solid var(--line)}
.comparison th,.comparison td{padding:6px 14px 6px 0;vertical-align:top;overflow-wrap:anywhere}
.comparison thead th:first-child,.sign{width:28px}
.comparison thead th:nth-child(2){width:22%}
.sign{font-weight:700;text-align:center}
.comparison .why td{padding-top:0;color:var(--dim)}
.card{margin-top:10px;padding:10px 14px;border:1px solid var(--line);border-radius:8px}
.subject{font-weight:600;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 14px;margin-top:4px;font-size:12.5px}
dl.summary{display:flex;font-size:inherit}
dt{color:var(--dim)}
dd{overflow-wrap:anywhere}
@media screen and (max-width:1000px){.c-type,.c-legs,.c-time{display:none}.c-wave{width:120px}}
@media screen and (max-width:820px){body{padding:18px 14px 60px}.pair{grid-template-columns:minmax(0,1fr)}article{padding:16px 14px 18px}
.c-id,.c-size,.c-wave,.c-delta{display:none}.c-method{width:54px}.c-status{width:44px}.c-total{width:68px}
.flows td,.flows thead th{padding:0 5px}.summary{gap:8px 22px}.summary dd{font-size:17px}.hint:not(.wrong){display:none}.count{margin-left:0}
.comparison thead th:nth-child(2){width:27%}.comparison th,.comparison td{padding-right:8px}}
@media print{:root{--paper:#fff}body{max-width:none;padding:0;font-size:11px}.filter,button{display:none}.list{max-height:none;overflow:visible;border:0}
.flows thead th{position:static}.flows td{height:20px}.flows{font-size:10px}.c-type,.c-legs,.c-time,.scale{display:none}.c-id,.c-status{width:48px}.c-method{width:60px}.c-wave{width:150px}
h2{font-size:14px}.phases,.comparison,dl,.verdict small{font-size:11px}.summary dd{font-size:15px}article{padding:0;border:0}
.card,.problem,.verdict,tbody tr,.cell{break-inside:avoid}h2,h3,h4{break-after:avoid}pre{max-height:none}.row.chosen td{background:none;font-weight:600}}
`
