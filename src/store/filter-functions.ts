import type { DatabaseSync } from 'node:sqlite'
import { compilePattern, type Pattern } from '../filter/pattern.ts'
import { readableUrl } from '../filter/readable-url.ts'
import { headerLines, rulesOf, searchedBody, searchedText } from '../filter/searched-text.ts'
import type { Exchange, ExchangeId, Header } from '../model/exchange.ts'
import type { StreamMessage } from '../model/stream-message.ts'
import type { Bodies } from './bodies.ts'
import { directions, sides } from './codes.ts'
import { decodeExchange } from './exchange-codec.ts'
import { messageReader } from './stream-messages.ts'

/** How bytes become what a person reads. None of it throws. */
export interface Decoders {
  /** Undoes the content codings of a body, or of its beginning. */
  readonly body: (bytes: Uint8Array, headers: readonly Header[]) => Uint8Array
  /** A WebSocket's messages, or its first ones, with their payloads inflated; `headers` are the response's. */
  readonly messages: (messages: Iterable<StreamMessage>, headers: readonly Header[]) => Iterable<ReadMessage>
}

export interface ReadMessage {
  readonly message: StreamMessage
  readonly bytes: Uint8Array
}

const asTheyCame: Decoders = {
  body: bytes => bytes,
  *messages(messages) {
    for (const message of messages) yield { message, bytes: message.bytes }
  },
}

/** Gives SQL the functions that toSql speaks of: regexp, readable_url, header_matches, body_matches, stream_matches, rule_matches. Case does not count. */
export function addFilterFunctions(
  database: DatabaseSync,
  read: Pick<Bodies, 'read'>,
  decode: Decoders = asTheyCame,
): void {
  const test = regexTester()
  const exchangeOf = exchangeReader(database)
  const messagesOf = messageReader(database)
  const matches = (pattern: string, text: string | null): number | null =>
    text === null ? null : Number(test(pattern, text))
  const addOfSide = (name: string, holds: (pattern: string, side: number, id: ExchangeId) => boolean): void =>
    database.function(name, (pattern, side, id) => Number(holds(pattern as string, side as number, id as number)))

  database.function('regexp', { deterministic: true }, (pattern, text) => matches(pattern as string, text as string))
  database.function('readable_url', { deterministic: true }, url => (url === null ? null : readableUrl(url as string)))
  addOfSide('header_matches', (pattern, side, id) =>
    headerLines(exchangeOf(id), sides[side]!).some(line => test(pattern, line)),
  )
  database.function('rule_matches', (pattern, id) =>
    Number(rulesOf(exchangeOf(id as number)).some(rule => test(pattern as string, rule))),
  )
  addOfSide('body_matches', (pattern, side, id) => {
    const sent = read.read(id, sides[side]!, 0, searchedBody)
    if (sent.length === 0) return false
    const bytes = decode.body(sent, exchangeOf(id)?.[sides[side]!]?.head.headers ?? [])
    return test(pattern, searchedText(bytes, pattern))
  })
  addOfSide('stream_matches', (pattern, side, id) => {
    const kept = upTo(searchedBody, messagesOf(id, 0, mostMessages))
    for (const { message, bytes } of decode.messages(kept, exchangeOf(id)?.response?.head.headers ?? [])) {
      if (message.direction === directions[side] && test(pattern, searchedText(bytes, pattern))) return true
    }
    return false
  })
}

const mostMessages = 10_000

/** The messages whose payloads come to so many bytes. */
function* upTo(most: number, messages: Iterable<StreamMessage>): Iterable<StreamMessage> {
  let left = most
  for (const message of messages) {
    if (left <= 0) return
    left -= message.bytes.length
    yield message
  }
}

function regexTester(): (pattern: string, text: string) => boolean {
  const compiled = new Map<string, Pattern>()
  return (pattern, text) => {
    let regex = compiled.get(pattern)
    if (!regex) {
      if (compiled.size >= 100) compiled.clear()
      regex = compilePattern(pattern)
      compiled.set(pattern, regex)
    }
    return regex.test(text)
  }
}

/** Decodes an exchange once, however many functions ask of it in a row. */
function exchangeReader(database: DatabaseSync): (id: ExchangeId) => Exchange | undefined {
  const exchange = database.prepare('SELECT exchange FROM messages WHERE id = ?')
  let last: { readonly coded: string; readonly exchange: Exchange } | undefined
  return id => {
    const coded = exchange.get(id)?.exchange as string | undefined
    if (coded === undefined) return undefined
    if (last?.coded !== coded) last = { coded, exchange: decodeExchange(coded) }
    return last.exchange
  }
}
