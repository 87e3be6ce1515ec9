import type { ActedEvent } from '../model/acted-event.ts'
import type { ExchangeEvent, SideEvent } from '../model/exchange-event.ts'
import { requestHeadOf } from '../model/http1-head.ts'
import type { Direction } from '../model/party.ts'
import { Http1Observer } from '../observe/http1/observer.ts'
import type { PlainContext } from '../observe/plain.ts'
import { readRequestHead } from '../wire/http1/start-line.ts'
import { latin1 } from '../wire/latin1.ts'
import { TransientMap } from '../wire/transient-map.ts'
import { hasOwn, tellActed } from './acted-sides.ts'
import type { Entry, ExchangeBook } from './exchange-book.ts'
import type { SocketMessages } from './socket-messages.ts'

/** What the server's sides need of the connection that they are of. */
export interface ClientSide {
  /** The exchange of this place on the client leg, as long as it is under way or has just ended. */
  entry(exchange: number): Entry | undefined
  /** Its WebSocket, where it has become one. */
  socket(exchange: number): SocketMessages | undefined
  /** Something was told of the server's side. */
  told(exchange: number, entry: Entry): void
}

/** What is told of exchanges that have not begun: their heads are not read yet, or never will be. */
const mostWaiting = 64

/**
 * What the server got and answered on a connection whose exchanges Parley changes. Each is read for itself: requests of
 * one client may go to several servers, and some to none. A relay that acts tells the heads, and of bodies the content; of
 * what a script's engine does the bytes are read.
 */
export class ServerSides {
  readonly #context: PlainContext
  readonly #book: ExchangeBook
  readonly #client: ClientSide
  readonly #open = new TransientMap<Http1Observer>()
  #waiting: { readonly exchange: number; readonly at: number; readonly event: ActedEvent }[] = []
  #blind = false

  constructor(context: PlainContext, book: ExchangeBook, client: ClientSide) {
    this.#context = context
    this.#book = book
    this.#client = client
  }

  /** From here on nobody knows the place of a request among the client's. */
  lose(): void {
    this.#blind = true
    this.#open.clear()
    this.#waiting = []
  }

  /** What Parley did with an exchange. */
  acted(exchange: number, at: number, event: ActedEvent): void {
    if (this.#blind) return
    const entry = this.#client.entry(exchange)
    if (!entry) {
      if (this.#waiting.length < mostWaiting) this.#waiting.push({ exchange, at, event })
      return
    }
    if (event.type !== 'stream-message') tellActed(this.#book, entry, at, event)
    else {
      this.#client.socket(exchange)?.acted(at, event)
      for (const act of event.acts) this.#book.event(entry, { type: 'acted', act })
    }
    this.#client.told(exchange, entry)
  }

  /** The exchange has begun: what was told of it before holds. */
  begun(exchange: number): void {
    if (this.#waiting.length === 0) return
    const told = this.#waiting.filter(each => each.exchange === exchange)
    this.#waiting = this.#waiting.filter(each => each.exchange > exchange) // one that did not begin before will not
    for (const { at, event } of told) this.acted(exchange, at, event)
  }

  /** The head that the server got, all else passing as it came; none where it was not asked. */
  head(exchange: number, at: number, bytes: Uint8Array): void {
    const entry = this.#entry(exchange)
    if (!entry) return
    const text = latin1(bytes)
    const head = readRequestHead(text)
    if (head) this.#book.serverRequest(entry, at, requestHeadOf(this.#context, head, text), 'same')
    else this.#book.event(entry, { type: 'server-not-asked' })
  }

  content(exchange: number, direction: Direction, at: number, bytes: Uint8Array): void {
    const entry = this.#entry(exchange)
    if (!entry || this.#client.socket(exchange)?.content(direction, bytes)) return
    const side = direction === 'to-server' ? 'request' : 'response'
    if (!hasOwn(entry, side)) return this.#follow(exchange, entry, observer => observer.push(direction, at, bytes))
    this.#book.event(entry, { type: 'server-side', event: { type: 'body', side, at, bytes } })
  }

  gap(exchange: number, direction: Direction, at: number, length: number): void {
    const entry = this.#entry(exchange)
    if (!entry || this.#client.socket(exchange)?.gap(direction, length)) return
    const side = direction === 'to-server' ? 'request' : 'response'
    if (!hasOwn(entry, side)) return this.#follow(exchange, entry, observer => observer.gap(direction, at, length))
    this.#book.event(entry, { type: 'server-side', event: { type: 'body-dropped', side, at, length } })
  }

  /** Its server says no more. */
  end(exchange: number, at: number): void {
    const entry = this.#entry(exchange)
    if (!entry || entry.passes) return
    this.#follow(exchange, entry, observer => {
      observer.end('to-client', at)
      observer.close(at, 'server', '')
    })
  }

  /** It is over on both sides. */
  forget(exchange: number): void {
    this.#open.delete(exchange)
  }

  #entry(exchange: number): Entry | undefined {
    return this.#blind ? undefined : this.#client.entry(exchange)
  }

  #follow(exchange: number, entry: Entry, tell: (observer: Http1Observer) => void): void {
    const observer = this.#open.get(exchange) ?? this.#observer(entry)
    this.#open.set(exchange, observer)
    tell(observer)
    this.#client.told(exchange, entry)
  }

  #observer(entry: Entry): Http1Observer {
    let asked = false
    return new Http1Observer(this.#context, {
      open: (_key, at, head) => {
        if (!asked) this.#book.askServer(entry, at, head)
        asked = true
      },
      event: (_key, event) => {
        if (isOfSide(event)) this.#book.event(entry, { type: 'server-side', event })
        else if (event.type === 'aborted') entry.serverGone = true
      },
      problem: () => {},
      protocol: () => {},
    })
  }
}

const ofSide: ReadonlySet<string> = new Set<SideEvent['type']>([
  'informational',
  'response-head',
  'body',
  'body-dropped',
  'ended',
])

/** What is wrong with it is seen where it matters, on the client leg or by the script's engine. */
const isOfSide = (event: ExchangeEvent): event is SideEvent => ofSide.has(event.type)
