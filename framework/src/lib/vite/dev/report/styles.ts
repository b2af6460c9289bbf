/** The look of the error page and the overlay: tokens first, light and dark. */
export const reportStyles = `
:root,:host{color-scheme:light dark;
--page:light-dark(oklch(.975 .004 60),oklch(.16 .008 60));--surface:light-dark(oklch(1 0 0),oklch(.2 .009 60));--sunken:light-dark(oklch(.965 .005 60),oklch(.15 .008 60));
--text:light-dark(oklch(.23 .015 60),oklch(.94 .006 60));--muted:light-dark(oklch(.47 .018 60),oklch(.72 .014 60));--border:light-dark(oklch(.89 .008 60),oklch(.31 .012 60));
--danger:light-dark(oklch(.52 .19 25),oklch(.74 .15 25));--danger-soft:light-dark(oklch(.955 .025 25),oklch(.27 .06 25));--accent:light-dark(oklch(.48 .13 255),oklch(.78 .1 255));
--keyword:light-dark(oklch(.47 .17 320),oklch(.8 .11 320));--string:light-dark(oklch(.45 .11 150),oklch(.81 .11 150));--number:light-dark(oklch(.5 .12 60),oklch(.82 .1 75));--type:light-dark(oklch(.47 .1 215),oklch(.82 .08 215));
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
*,*::before,*::after{box-sizing:border-box}
body{margin:0;padding:clamp(0px,4vw,48px) clamp(0px,3vw,32px);background:var(--page)}
.sheet{font:15px/1.55 Inter,system-ui,sans-serif;color:var(--text);background:var(--surface);max-width:60rem;margin:0 auto;border:1px solid var(--border);border-top:4px solid var(--danger);border-radius:0 0 10px 10px;padding:clamp(20px,4vw,40px);overflow-wrap:anywhere}
dialog.sheet{position:fixed;inset:24px 16px auto;width:calc(100% - 32px);max-height:calc(100dvh - 48px);overflow:auto;box-shadow:0 24px 64px oklch(0 0 0/.35)}
dialog.sheet:focus{outline:none}
dialog::backdrop{background:oklch(.15 .01 60/.6)}
.report{display:grid;gap:24px;min-width:0}.report>*,section,.head{min-width:0}
h1,h2,p,ol,pre{margin:0}
h1{font-size:22px;line-height:1.3;font-weight:650;letter-spacing:-.01em;max-width:48rem;text-wrap:pretty}
h2{font-size:13px;font-weight:600;color:var(--muted);margin-bottom:8px}
.other h2{font-size:17px;color:var(--text);margin-bottom:12px}
.other{border-top:1px solid var(--border);padding-top:24px;display:grid;gap:12px}
.kind{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;font-size:13px;margin-bottom:8px;padding-right:72px}
.kind span{color:var(--danger);font-weight:650}
.place{font:13px/1.5 var(--mono);color:var(--accent);background:none;border:0;padding:0;cursor:pointer;text-align:left;overflow-wrap:anywhere}
.place:hover{text-decoration:underline}
.hint{margin-top:16px;padding:12px 16px;border-radius:8px;background:var(--sunken);max-width:48rem}
.docs{display:block;color:var(--muted);font:13px/1.5 var(--mono);margin-top:4px}
.frame{font:13px/1.65 var(--mono);background:var(--sunken);border:1px solid var(--border);border-radius:8px;padding:8px 0;overflow-x:auto;tab-size:2}
.line{display:flex;min-width:max-content;padding-right:16px}
.number{flex:none;width:56px;padding-right:16px;text-align:right;color:var(--muted);user-select:none}
.frame code{font:inherit;white-space:pre}
.marked{background:var(--danger-soft);box-shadow:inset 3px 0 var(--danger)}
.marked .number{color:var(--danger);font-weight:650}
.marker{display:block;color:var(--danger);font-weight:700;line-height:1}
.token-keyword{color:var(--keyword)}.token-string{color:var(--string)}.token-number{color:var(--number)}.token-type{color:var(--type)}.token-comment{color:var(--muted);font-style:italic}
.cause{margin-bottom:8px}
.stack ol{list-style:none;padding:0;display:grid;gap:4px}
.stack li{display:flex;flex-wrap:wrap;gap:0 12px;font-size:13px}
.stack li b{font-weight:550;font-family:var(--mono)}
details{margin-top:8px}summary{cursor:pointer;color:var(--muted);font-size:13px}details>*:not(summary){margin-top:8px}
table{border-collapse:collapse;font-size:13px;width:100%}th,td{text-align:left;vertical-align:top;padding:4px 16px 4px 0;border-top:1px solid var(--border)}th{font-weight:500;color:var(--muted);white-space:nowrap}td{font-family:var(--mono)}
.foot{display:flex;flex-wrap:wrap;gap:12px 20px;align-items:center;color:var(--muted);font-size:13px;border-top:1px solid var(--border);padding-top:20px}
.foot button,.close{font:500 13px/1 Inter,system-ui,sans-serif;color:var(--text);background:var(--surface);border:1px solid var(--border);border-radius:8px;padding:10px 14px;cursor:pointer}
.foot button:hover,.close:hover{background:var(--sunken)}
.close{position:absolute;top:16px;right:16px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (max-width:40rem){body{padding:0}.sheet{border-radius:0}.number{width:44px;padding-right:10px}}
`
