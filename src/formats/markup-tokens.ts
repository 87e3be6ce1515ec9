export interface MarkupToken {
  readonly kind: 'open' | 'close' | 'empty' | 'text' | 'other'
  /** Element name as written; empty for text, comments, declarations. */
  readonly name: string
  /** Exactly as written. */
  readonly text: string
}

const rawElements = new Set(['script', 'style', 'textarea', 'title'])

/**
 * Tokens of XML or HTML, tolerant: every character of the text is in exactly one of them. In HTML the content of
 * script, style, textarea and title is text.
 */
export function* markupTokens(text: string, html: boolean): Generator<MarkupToken> {
  const scan = new Scan(text)
  let at = 0
  let raw: string | undefined
  while (at < text.length) {
    const token: MarkupToken = raw === undefined ? scan.token(at) : scan.rawText(at, raw)
    raw = html && token.kind === 'open' && rawElements.has(token.name.toLowerCase()) ? token.name : undefined
    if (token.text !== '') yield token
    at += token.text.length
  }
}

/** Knows the last place of each delimiter, so that a missing one costs one search and not one a tag. */
class Scan {
  readonly #text: string
  readonly #last: ReadonlyMap<string, number>

  constructor(text: string) {
    this.#text = text
    this.#last = new Map(['>', '"', "'", '-->', ']]>', '<'].map(end => [end, text.lastIndexOf(end)]))
  }

  token(at: number): MarkupToken {
    const text = this.#text
    if (text[at] !== '<' || !/[A-Za-z_/!?:]/.test(text[at + 1] ?? '')) return this.#words(at)
    if (text.startsWith('<!--', at)) return this.#other(at, '-->')
    if (text.startsWith('<![CDATA[', at)) return this.#other(at, ']]>')
    if (text[at + 1] === '!' || text[at + 1] === '?') return this.#other(at, '>')
    const end = this.#tagEnd(at)
    if (end === undefined) return { kind: 'text', name: '', text: text.slice(at) }
    return tagOf(text.slice(at, end))
  }

  rawText(at: number, name: string): MarkupToken {
    const closing = new RegExp(`</${name}\\s*>`, 'ig')
    closing.lastIndex = at
    const end = closing.exec(this.#text)?.index ?? this.#text.length
    return { kind: 'text', name: '', text: this.#text.slice(at, end) }
  }

  #words(at: number): MarkupToken {
    const next = this.#has('<', at) ? this.#text.indexOf('<', at + 1) : -1
    return { kind: 'text', name: '', text: this.#text.slice(at, next < 0 ? undefined : next) }
  }

  #other(at: number, end: string): MarkupToken {
    const stop = this.#has(end, at) ? this.#text.indexOf(end, at + 2) : -1
    return { kind: 'other', name: '', text: this.#text.slice(at, stop < 0 ? undefined : stop + end.length) }
  }

  /** A `>` in a quoted attribute value does not end the tag. */
  #tagEnd(at: number): number | undefined {
    if (!this.#has('>', at)) return undefined
    for (let i = at + 1; i < this.#text.length; i++) {
      const c = this.#text[i]!
      if (c === '>') return i + 1
      if ((c === '"' || c === "'") && this.#text[i - 1] === '=' && this.#has(c, i)) i = this.#text.indexOf(c, i + 1)
    }
    return undefined
  }

  #has(end: string, after: number): boolean {
    return this.#last.get(end)! > after
  }
}

function tagOf(text: string): MarkupToken {
  const name = /^<\/?([^\s/>]{1,200})/.exec(text)?.[1] ?? ''
  const kind = text[1] === '/' ? 'close' : text.endsWith('/>') ? 'empty' : 'open'
  return { kind, name, text }
}
