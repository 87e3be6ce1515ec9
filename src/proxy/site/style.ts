/** The whole style of the site: light and dark, from the narrowest telephone up. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d5d9de, #3a4048); --soft: light-dark(#f4f6f8, #1b1f24);
  --dim: light-dark(#566069, #9aa5b0); --link: light-dark(#0b5bb5, #7cb8ff); --good: light-dark(#116329, #6fdd8b);
  --bad: light-dark(#a40e26, #ff8f98); --unsure: light-dark(#7a4d00, #f0b95b) }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.25rem 1rem 4rem; max-width: 46rem; font: 1rem/1.55 system-ui, sans-serif;
  background: light-dark(#fff, #111418); color: light-dark(#1b1f24, #e6e9ec); overflow-wrap: break-word }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
p { margin: .5rem 0 }
a { color: var(--link) }
small, dt, .dim { color: var(--dim) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: .5rem 0 }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
code { font: .9em/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { font: .85em/1.5 ui-monospace, monospace; margin: .5rem 0; padding: .6rem .75rem; background: var(--soft); border: 1px solid var(--line);
  border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere }
ol, ul { padding-left: 1.4rem; margin: .5rem 0 }
li { margin: .25rem 0 }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: 0 .75rem }
summary { cursor: pointer; font-weight: 600; padding: .65rem 0 }
details[open] { padding-bottom: .5rem }
#trust { display: block; padding: .75rem; border: 1px solid var(--line); border-left: .35rem solid var(--unsure);
  border-radius: .4rem; background: var(--soft) }
#trust.yes { border-left-color: var(--good); color: var(--good); font-weight: 600 }
#trust.no { border-left-color: var(--bad); color: var(--bad); font-weight: 600 }
.downloads li { margin: .5rem 0 }
.downloads a { font-weight: 600 }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } }
`
