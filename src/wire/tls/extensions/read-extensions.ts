import { u16 } from '../../bytes.ts'
import { type ByteReader, MalformedError } from '../../reader.ts'
import type { Source } from '../message-context.ts'
import { extensionFieldName, showExtension } from '../registry/extensions.ts'
import type { Extension } from '../values.ts'
import { count, say, shortHex, vector } from '../vector.ts'
import type { Decode, ExtensionContext, ExtensionFacts } from './decoder.ts'
import { decoders, factual } from './decoders.ts'
import { unknown } from './opaque.ts'

export interface ReadExtensions {
  readonly extensions: readonly Extension[]
  /** What the extensions say; of one that was sent twice, the first. */
  readonly facts: ExtensionFacts
}

/** Of a hello that ends before them, as hellos before TLS 1.2 may. */
export const noExtensions: ReadExtensions = { extensions: [], facts: {} }

/**
 * Reads a list of extensions with its length: RFC 8446 4.2. One whose data is malformed is kept as bytes, with the
 * sentence as its shown value and in `source.problems`, and the next one is read. Where the lengths do not fit, those
 * before stay and the rest of the message is kept as bytes. Never throws MalformedError.
 */
export function readExtensions(r: ByteReader, source: Source, context: ExtensionContext): ReadExtensions {
  const facts: ExtensionFacts = {}
  const seen = new Set<number>()
  const extensions: Extension[] = []
  const read = (item: ByteReader): unknown => extensions.push(readExtension(item, source, context, facts, seen))
  try {
    vector(r, 2, 'extensions', read, list => count(list.length, 'extension'))
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    source.problems.push(error.message)
    if (r.remaining > 0) r.rest('undecoded', shortHex)
  }
  return { extensions, facts }
}

const pass: Decode = r => {
  r.rest('data', () => '')
  return { shown: '' }
}

const decoderOf = (type: number, quiet: boolean): Decode =>
  quiet && !factual.has(type) ? pass : (decoders[type] ?? unknown)

function readExtension(
  r: ByteReader,
  { bytes, problems }: Source,
  context: ExtensionContext,
  facts: ExtensionFacts,
  seen: Set<number>,
): Extension {
  const start = r.offset
  // Its field is named by its type, which its own block holds: look ahead. A header that is cut short is refused by u16.
  if (r.remaining < 4) return { type: r.u16('extension_type'), data: r.bytes(r.u16('extension_length'), ''), start }
  const type = u16(bytes, start)
  const length = u16(bytes, start + 2)
  const item = r.block(4 + length, extensionFieldName(type))
  const index = r.fields.length - 1
  item.u16('extension_type', showExtension)
  item.u16('extension_length')
  try {
    const decoded = decoderOf(type, r.quiet)(item, context, bytes)
    item.end()
    say(r, index, seen.has(type) ? `${decoded.shown} (sent twice)` : decoded.shown)
    if (decoded.facts && !seen.has(type)) Object.assign(facts, decoded.facts)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    say(r, index, error.message)
    problems.push(error.message)
    if (item.remaining > 0) item.rest('undecoded', shortHex)
  }
  seen.add(type)
  return { type, data: bytes.subarray(start + 4, start + 4 + length), start }
}
