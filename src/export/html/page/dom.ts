import { printable, printableLines } from '../../../view/printable.ts'

/** What the page uses of a browser's elements. */
export interface El {
  readonly tagName: string
  textContent: string | null
  value: string
  hidden: boolean
  open: boolean
  scrollTop: number
  readonly clientHeight: number
  readonly style: { setProperty(name: string, value: string): void }
  readonly classList: { toggle(name: string, on?: boolean): void }
  append(...children: readonly (El | string)[]): void
  replaceChildren(...children: readonly (El | string)[]): void
  setAttribute(name: string, value: string): void
  getAttribute(name: string): string | null
  addEventListener(type: string, listener: (event: PageEvent) => void): void
  focus(options?: { readonly preventScroll?: boolean }): void
  replaceWith(other: El): void
}

export interface PageEvent {
  readonly key: string
  readonly target: unknown
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  preventDefault(): void
}

interface Page {
  createElement(tag: string): El
  createElementNS(space: string, tag: string): El
  getElementById(id: string): El | null
  querySelectorAll(selector: string): Iterable<El>
  readonly activeElement: El | null
  addEventListener(type: string, listener: (event: PageEvent) => void): void
}

interface Media {
  readonly matches: boolean
  addEventListener(type: 'change', listener: () => void): void
}

declare const document: Page
declare const window: {
  matchMedia(query: string): Media
  requestAnimationFrame(draw: () => void): void
  addEventListener(type: string, listener: (event: PageEvent) => void): void
  readonly location: { hash: string }
  readonly history: { replaceState(state: undefined, title: string, url: string): void }
}

export const page = (): Page => document
export const browser = (): typeof window => window

export type Attributes = Readonly<Record<string, string | number | undefined>>
export type Child = El | string | undefined | false

/** An HTML element. Every text in it becomes visible characters, and text alone. */
export const el = (tag: string, attributes: Attributes = {}, ...children: readonly Child[]): El =>
  filled(document.createElement(tag), attributes, children)

/** The same of SVG. */
export const svg = (tag: string, attributes: Attributes = {}, ...children: readonly Child[]): El =>
  filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)

/** A text of several lines. */
export function pre(text: string): El {
  const element = el('pre')
  element.append(printableLines(text).join('\n'))
  return element
}

/** The same with elements in its lines. */
export function preLines(lines: readonly (readonly Child[])[]): El {
  const element = el('pre')
  for (const line of lines) element.append(...line.filter(isThere).map(shown), '\n')
  return element
}

function filled(element: El, attributes: Attributes, children: readonly Child[]): El {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(name, printable(String(value)))
  element.append(...children.filter(isThere).map(shown))
  return element
}

/** A part that can be folded; what is in it is made when it is opened first. */
export function folded(summary: readonly Child[], content: () => readonly Child[], open = false): El {
  const details = el('details', {}, el('summary', {}, ...summary))
  let made = false
  const make = (): void => {
    if (!made && details.open) details.append(...content().filter(isThere).map(shown))
    made ||= details.open
  }
  details.addEventListener('toggle', make)
  if (open) {
    details.open = true
    make()
  }
  return details
}

const isThere = (child: Child): child is El | string => child !== undefined && child !== false
const shown = (child: El | string): El | string => (typeof child === 'string' ? printable(child) : child)
