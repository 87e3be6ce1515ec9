/** What something is for, in plain words. */
export interface Explanation {
  /** One to three sentences. */
  readonly text: string
  /** Where it is defined: 'RFC 8446 4.1.2'. */
  readonly source: string
}

/** The texts of one language. */
export type Explain = (key: string) => Explanation | undefined

/** Texts by key, each `source | text`. */
export type Texts = Readonly<Record<string, string>>

export const explainer =
  (texts: Texts): Explain =>
  key => {
    const entry = Object.hasOwn(texts, key) ? texts[key] : undefined
    if (entry === undefined) return undefined
    const cut = entry.indexOf(' | ')
    return { source: entry.slice(0, cut), text: entry.slice(cut + 3) }
  }
