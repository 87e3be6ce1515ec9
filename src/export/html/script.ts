import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'

/** A module of the page, as a function of its own: what it exports, and what of others it takes. */
interface PageModule {
  readonly name: string
  readonly text: string
}

const entry = './page/main.ts'
/** A browser has its own regular expressions. */
const instead: Readonly<Record<string, string>> = { '/filter/pattern.ts': './page/pattern.ts' }

/** The script of a report: page/main.ts with all that it imports, in one text, each module in a scope of its own. */
export function pageScript(): string {
  const modules: PageModule[] = []
  const main = addModule(new URL(entry, import.meta.url), new Map(), modules)
  const text = modules.map(({ name, text }) => `const ${name} = (() => {\n${text}\n})()`).join('\n')
  return `'use strict'\n${text}\n${main}.openReport()\n`.replace(/<(?=[/!])/g, '\\x3c') // no text in it may end it
}

/** Adds what it imports first. Answers its name. */
function addModule(url: URL, names: Map<string, string>, modules: PageModule[]): string {
  const known = names.get(url.href)
  if (known !== undefined) return known
  const exported: string[] = []
  const text = sourceOf(url)
    .replace(importStatement, (_, members: string, from: string) => {
      const name = addModule(resolved(from, url), names, modules)
      return `const {${members.replace(/(\w+) as (\w+)/g, '$1: $2')}} = ${name}`
    })
    .replace(exportWord, (_, declared: string, name: string) => {
      exported.push(name)
      return `${declared} ${name}`
    })
  const name = `m${modules.length}`
  names.set(url.href, name)
  modules.push({ name, text: `${text.trim()}\nreturn {${exported.join(', ')}}` })
  return name
}

const importStatement = /^import \{([^}]*)\} from '([^']+)';?$/gm
const exportWord = /^export ((?:async )?function\*?|const|class) (\w+)/gm

function resolved(from: string, at: URL): URL {
  const found = new URL(from, at)
  const other = Object.keys(instead).find(path => found.pathname.replace(/\.js$/, '.ts').endsWith(path))
  return other === undefined ? found : new URL(instead[other]!, import.meta.url)
}

/** As JavaScript: what is built has its types gone and `.js` in its place. */
function sourceOf(url: URL): string {
  const built = import.meta.url.endsWith('.js')
  const text = readFileSync(built ? new URL(url.href.replace(/\.ts$/, '.js')) : url, 'utf8')
  return (built ? text : stripTypeScriptTypes(text)).replace(/^\s*\/\*\*[\s\S]*?\*\/\s*$/gm, '').replace(/^\s*\n/gm, '')
}
