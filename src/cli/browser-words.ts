import { posix, win32 } from 'node:path'
import { browserAt, type FoundBrowser, findBrowser, placesSaid } from '../launch/browser/find-browser.ts'
import { type KnownBrowser, knownBrowsers } from '../launch/browser/known-browsers.ts'
import type { Machine } from '../launch/browser/machine.ts'
import { CliError, usageExitCode } from './fail.ts'
import { nearest } from './nearest.ts'

/** What stands behind `parley browser`. */
export interface BrowserWords {
  readonly browsers: readonly FoundBrowser[]
  readonly url?: string
  /** What stood behind `--`. */
  readonly extra: readonly string[]
}

/**
 * Reads names and paths of browsers and at most one URL, in any order. Without a browser it is the first that there is.
 * `words` are all, with those that stand behind `--` in `argv` last. Throws CliError.
 */
export function readBrowserWords(words: readonly string[], argv: readonly string[], machine: Machine): BrowserWords {
  const dashes = argv.indexOf('--')
  const extra = dashes < 0 ? [] : argv.slice(dashes + 1)
  const own = words.slice(0, words.length - extra.length)
  const browsers: FoundBrowser[] = []
  let url: string | undefined
  for (const word of own) {
    const known = knownBrowsers.find(({ name }) => name === word.toLowerCase())
    if (known) browsers.push(found(known, machine))
    else if (isPath(word)) browsers.push(at(word, machine))
    else if (url === undefined) url = readUrl(word)
    else throw new CliError(`browser takes one URL; ${word} is one too many`, usageExitCode)
  }
  if (browsers.length === 0) browsers.push(first(machine))
  return { browsers, extra, ...(url !== undefined && { url }) }
}

const isPath = (word: string): boolean => posix.isAbsolute(word) || win32.isAbsolute(word) || /^\.{1,2}[\\/]/.test(word)

function found(browser: KnownBrowser, machine: Machine): FoundBrowser {
  const here = findBrowser(browser, machine)
  if (here) return here
  throw new CliError(`${browser.title} is not on this machine; looked for ${placesSaid(browser, machine)}`)
}

function at(path: string, machine: Machine): FoundBrowser {
  const here = browserAt(path, machine)
  if (!here) throw new CliError(`${path} is not a program`, usageExitCode)
  return here
}

function first(machine: Machine): FoundBrowser {
  for (const browser of knownBrowsers) {
    const here = findBrowser(browser, machine)
    if (here) return here
  }
  const looked = knownBrowsers.map(browser => `${browser.title} (${placesSaid(browser, machine)})`)
  throw new CliError(`no browser was found; looked for ${looked.join('; ')}. Give the path of one`)
}

/** As browsers read an address: without a scheme it is https, but http on this machine. */
function readUrl(word: string): string {
  if (word === 'about:blank') return word
  const local = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/]|$)/i.test(word)
  const whole = /^[a-z][a-z\d+-]*:\/\//i.test(word) ? word : `${local ? 'http' : 'https'}://${word}`
  const isHost = local || /[.:]/.test(word)
  if (isHost && URL.canParse(whole) && /^https?:$/.test(new URL(whole).protocol)) return new URL(whole).href
  const names = knownBrowsers.map(({ name }) => name)
  const meant = nearest(word, names)
  const guess = meant === undefined ? '' : `. Did you mean ${meant}?`
  throw new CliError(
    `${word} is neither a browser (${names.join(', ')}, or a path) nor an http or https URL${guess}`,
    usageExitCode,
  )
}
