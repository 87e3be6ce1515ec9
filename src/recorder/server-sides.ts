import type { ExchangeEvent, SideEvent } from '../model/exchange-event.ts'
import { requestHeadOf } from '../model/http1-head.ts'
import type { Direction } from '../model/party.ts'
import { Http1Observer } from '../observe/http1/observer.ts'
import type { PlainContext } from '../observe/plain.ts'
import { readRequestHead } from '../wire/http1/start-line.ts'
import { latin1 } from '../wire/latin1.ts'
import { TransientMap } from '../wire/transient-map.ts'
import type { Entry, ExchangeBook } from './exchange-book.ts'

/** What the server's sides need of the connection that they are of. */
export interface ClientSide {
  /** The exchange of this place on the client leg, as long as it is under way. */
  entry(exchange: number): Entry | undefined
  /** Something was told of the server's side. */
  told(exchange: number, entry: Entry): void
}

/**
 * What the server got and answered on a connection whose exchanges Parley changes. Each is read for itself: requests of
 * one client may go to several servers, and some to none.
 */
export class ServerSides {
  readonly #context: PlainContext
  readonly #book: ExchangeBook
  readonly #client: ClientSide
  readonly #open = new TransientMap<Http1Observer>()
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
  }

  /** The head that the server got, all else passing as it came; none where it was not asked. */
  head(exchange: number, at: number, bytes: Uint8Array): void {
    const entry = this.#entry(exchange)
    if (!entry) return
    const text = latin1(bytes)
    const head = readRequestHead(text)
    if (head) this.#book.askServer(entry, at, requestHeadOf(this.#context, head, text), 'head')
    else this.#book.event(entry, { type: 'server-not-asked' })
  }

  content(exchange: number, direction: Direction, at: number, bytes: Uint8Array): void {
    this.#follow(exchange, observer => observer.push(direction, at, bytes))
  }

  gap(exchange: number, direction: Direction, at: number, length: number): void {
    this.#follow(exchange, observer => observer.gap(direction, at, length))
  }

  /** Its server says no more. */
  end(exchange: number, at: number): void {
    this.#follow(exchange, observer => {
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

  #follow(exchange: number, tell: (observer: Http1Observer) => void): void {
    const entry = this.#entry(exchange)
    if (!entry) return
    const observer = this.#open.get(exchange) ?? this.#observer(entry)
    this.#open.set(exchange, observer)
    tell(observer)
    this.#client.told(exchange, entry)
  }

  #observer(entry: Entry): Http1Observer {
    let asked = false
    return new Http1Observer(this.#context, {
      open: (_key, at, head) => {
        if (!asked) this.#book.askServer(entry, at, head, 'all')
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
