import { readText } from './charset.ts'
import { type Kind, kinds } from './kinds.ts'
import { renderHex, renderText } from './plain.ts'
import type { Render, RenderInput } from './renderer.ts'

const sniffed = 8192
const readable =
  /^text\/|^application\/(?:json|xml|javascript|ecmascript|x-www-form-urlencoded|graphql|sql|toml|yaml|x-yaml|x-ndjson|jwt)$|\+(?:json|xml|yaml)$|^image\/svg/
const never = /^text\/plain$|^application\/octet-stream$|^binary\/octet-stream$/

/** A way to show a body. */
export interface Choice {
  readonly kind: string
  readonly render: Render
}

const text: Choice = { kind: 'text', render: renderText }
const hex: Choice = { kind: 'hex', render: renderHex }

/**
 * The ways to show a body, the best first: what the bytes are for sure, what the media type asks for, what the bytes
 * may be, text where they read as text, and hex.
 */
export function rank(input: RenderInput): readonly Choice[] {
  if (input.bytes.length === 0) return [hex]
  const head = Buffer.from(input.bytes.subarray(0, sniffed)).toString('latin1')
  const typed = (kind: Kind) => !never.test(input.mediaType) && kind.types.test(input.mediaType)
  const fits = (kind: Kind) => kind.sniff?.(input, head) === true
  const ranked = [
    kinds.filter(kind => kind.sure && fits(kind)),
    kinds.filter(typed),
    kinds.filter(kind => !kind.sure && fits(kind)),
  ]
  const textual = readable.test(input.mediaType) || input.charset !== undefined || looksText(input)
  return [...new Set<Choice>([...ranked.flat(), ...(textual ? [text, hex] : [hex, text])])]
}

/** Almost no control characters and no broken sequences in the first kilobytes. */
function looksText(input: RenderInput): boolean {
  const sample = input.bytes.subarray(0, 4096)
  if (/^utf-16/.test(readText({ ...input, bytes: sample }).charset)) return true
  let words: string
  try {
    words = new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
  } catch {
    return false
  }
  const controls = words.match(/[\x00-\x08\x0e-\x1f\x7f]/g)?.length ?? 0
  return controls * 100 <= words.length
}
