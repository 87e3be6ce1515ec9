import type { BodySide, Exchange, ExchangeId, Header } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import { mostLookedInto, redactBody } from './redact-body.ts'
import type { RedactionLog, RedactionRules } from './redaction.ts'

const bodySides: readonly BodySide[] = ['request', 'response', 'server-request', 'server-response']
const mostKept = 4 // bodies: an exchange has no more

/** Bodies without their secrets; each is made once while it is asked for. */
export class RedactedBodies {
  readonly #capture: Capture
  readonly #rules: RedactionRules
  readonly #log: RedactionLog
  readonly #kept = new BoundedMap<string, Uint8Array>(mostKept)

  constructor(capture: Capture, rules: RedactionRules, log: RedactionLog) {
    this.#capture = capture
    this.#rules = rules
    this.#log = log
  }

  /** Empty where nobody could look into it. */
  of(id: ExchangeId, side: BodySide): Uint8Array {
    const key = `${id} ${side}`
    const known = this.#kept.use(key)
    if (known) return known
    const made = this.#make(id, side)
    this.#kept.set(key, made)
    return made
  }

  #make(id: ExchangeId, side: BodySide): Uint8Array {
    const bytes = this.#capture.body(id, side, 0, mostLookedInto)
    if (bytes.length === 0) return bytes
    const told = this.#log.once('body', id * bodySides.length + bodySides.indexOf(side))
    const exchange = this.#capture.exchange(id)
    const headers = (exchange && headersOf(exchange, side)) ?? []
    return redactBody(bytes, headers, this.#rules, `${side.replace('server-', '')} body`, told) ?? new Uint8Array(0)
  }
}

function headersOf(exchange: Exchange, side: BodySide): readonly Header[] | undefined {
  if (side === 'request' || side === 'response') return exchange[side]?.head.headers
  const { server } = exchange
  const message = typeof server === 'object' ? server[side === 'server-request' ? 'request' : 'response'] : undefined
  return message?.head.headers ?? exchange[side === 'server-request' ? 'request' : 'response']?.head.headers
}
