import type { Exchange, ExchangeId, Header, RequestHead } from '../../model/exchange.ts'
import type { Answer } from '../../rules/verdict.ts'
import type { Capture } from '../../store/capture.ts'

/** What answers are read from; an open capture fits. */
export type KeptAnswers = Pick<Capture, 'flows' | 'exchange' | 'body'>

export interface RecordedAnswer {
  readonly flow: ExchangeId
  readonly answer: Answer
}

const page = 2000

/**
 * The answers of a capture by what was asked: method, URL, the `matched` headers (lower case) and the body. Of several to the
 * same request each is given in its turn, and the last one from then on.
 */
export class RecordedAnswers {
  readonly #kept: KeptAnswers
  readonly #matched: readonly string[]
  readonly #byUrl = new Map<string, ExchangeId[]>()
  readonly #given = new Map<string, number>()

  constructor(kept: KeptAnswers, matched: readonly string[]) {
    this.#kept = kept
    this.#matched = matched
    for (let after = 0; ; ) {
      const rows = kept.flows({ after, limit: page })
      for (const { id, kind } of rows) {
        if (kind === 'exchange') this.#add(id)
        after = id
      }
      if (rows.length < page) return
    }
  }

  get size(): number {
    return this.#byUrl.size
  }

  /** Whether anything was recorded for this method and URL. */
  knows(head: RequestHead): boolean {
    return this.#byUrl.has(keyOf(head))
  }

  /** The next answer to the request; undefined where none was recorded whole. */
  answer(head: RequestHead, body: Uint8Array): RecordedAnswer | undefined {
    const fitting = (this.#byUrl.get(keyOf(head)) ?? []).filter(id => this.#fits(id, head, body))
    const flow = fitting.length === 0 ? undefined : this.#next(fitting)
    return flow === undefined ? undefined : { flow, answer: this.#read(flow) }
  }

  #add(id: ExchangeId): void {
    const exchange = this.#kept.exchange(id)
    if (!exchange || !isWhole(exchange)) return
    const key = keyOf(exchange.request.head)
    const ids = this.#byUrl.get(key)
    if (ids) ids.push(id)
    else this.#byUrl.set(key, [id])
  }

  #next(ids: readonly ExchangeId[]): ExchangeId {
    const key = ids.join()
    const given = this.#given.get(key) ?? 0
    if (given < ids.length - 1) this.#given.set(key, given + 1)
    return ids[given]!
  }

  #fits(id: ExchangeId, head: RequestHead, body: Uint8Array): boolean {
    const { request } = this.#kept.exchange(id)!
    if (request.bodyBytes !== body.length) return false
    if (this.#matched.some(name => valuesOf(request.head, name) !== valuesOf(head, name))) return false
    return body.length === 0 || Buffer.compare(this.#kept.body(id, 'request', 0, body.length), body) === 0
  }

  #read(id: ExchangeId): Answer {
    const { head, bodyBytes } = this.#kept.exchange(id)!.response!
    const { status, reason } = head
    return {
      status,
      ...(head.version.startsWith('HTTP/1.') && { reason }),
      headers: head.headers.filter(isKept),
      body: bodyBytes === 0 ? new Uint8Array(0) : this.#kept.body(id, 'response', 0, bodyBytes),
    }
  }
}

/** An answer that came to its end, with every byte of it kept. */
const isWhole = ({ request, response, upgraded, aborted }: Exchange): boolean =>
  upgraded === undefined &&
  aborted === undefined &&
  request.bodyDropped === 0 &&
  response?.endedAt !== undefined &&
  response.bodyDropped === 0

const keyOf = ({ method, scheme, authority, path }: RequestHead): string => {
  const host = authority.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '')
  return `${method} ${scheme}://${host}${path}`
}

const valuesOf = ({ headers }: RequestHead, wanted: string): string =>
  headers
    .filter(([name]) => name.toLowerCase() === wanted)
    .map(([, value]) => value)
    .join(', ')

/** What says of one connection how a message is sent; whoever answers says that anew. */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'trailer',
])

const isKept = ([name]: Header): boolean => !name.startsWith(':') && !ofConnection.has(name.toLowerCase())
