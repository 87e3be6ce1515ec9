import type { El } from '../../../../src/export/html/page/dom.ts'

type Child = FakeElement | string

/** As much of a browser's element as the page uses; a child that is a string is a text. */
export class FakeElement {
  readonly tagName: string
  readonly attributes = new Map<string, string>()
  readonly listeners = new Map<string, ((event: unknown) => void)[]>()
  children: Child[] = []
  value = ''
  hidden = false
  scrollTop = 0
  clientHeight = 280
  #open = false
  readonly style = { setProperty: (name: string, value: string) => this.attributes.set(`style-${name}`, value) }
  readonly classList = { toggle: (name: string, on: boolean) => this.attributes.set(`is-${name}`, String(on)) }

  constructor(tagName: string) {
    this.tagName = tagName
  }

  get open(): boolean {
    return this.#open
  }

  set open(open: boolean) {
    this.#open = open
    this.say('toggle')
  }

  get textContent(): string {
    return this.children.map(child => (typeof child === 'string' ? child : child.textContent)).join('')
  }

  set textContent(text: string) {
    this.children = [text]
  }

  append(...children: Child[]): void {
    this.children.push(...children)
  }

  replaceChildren(...children: Child[]): void {
    this.children = children
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value)
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }

  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener])
  }

  /** Tells the listeners. */
  say(type: string, event: object = {}): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ preventDefault() {}, ...event })
  }

  /** Those inside that have this tag, or this class with a dot. */
  all(selector: string): FakeElement[] {
    const fits = (each: FakeElement): boolean =>
      selector.startsWith('.')
        ? (each.attributes.get('class') ?? '').split(' ').includes(selector.slice(1))
        : each.tagName === selector
    return this.children.flatMap(child =>
      typeof child === 'string' ? [] : [...(fits(child) ? [child] : []), ...child.all(selector)],
    )
  }

  replaceWith(): void {}
  focus(): void {}
}

/** What stands in an element, by the side of the tests. */
export const fake = (element: El): FakeElement => element as unknown as FakeElement

/** The texts of all elements of that tag or class. */
export const textsOf = (element: El, selector: string): string[] =>
  fake(element)
    .all(selector)
    .map(each => each.textContent)

export interface FakePage {
  readonly body: FakeElement
  readonly window: FakeElement & { readonly location: { hash: string } }
}

/** Puts a browser's page in its place, with these elements in it. */
export function openFakePage(...inside: readonly FakeElement[]): FakePage {
  const body = new FakeElement('body')
  const report = new FakeElement('main')
  report.setAttribute('id', 'report')
  body.append(report, ...inside)
  const page = Object.assign(new FakeElement('document'), {
    createElement: (tag: string) => new FakeElement(tag),
    createElementNS: (_: string, tag: string) => new FakeElement(tag),
    getElementById: (id: string) => (id === 'report' ? report : null),
    querySelectorAll: (selector: string) => body.all(`.${selector.split('.').at(-1)}`),
  })
  const window = Object.assign(new FakeElement('window'), {
    matchMedia: () => Object.assign(new FakeElement('media'), { matches: false }),
    location: { hash: '' },
    history: { replaceState: (_: undefined, __: string, url: string) => (window.location.hash = url) },
  })
  Object.assign(globalThis, { document: page, window })
  return { body, window }
}
