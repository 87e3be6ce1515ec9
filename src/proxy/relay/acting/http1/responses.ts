import type { ResponseHead } from '../../../../model/exchange.ts'
import { responseHeadOf } from '../../../../model/http1-head.ts'
import type { ResponseClaim } from '../../../../rules/claims.ts'
import type { Changes, ResponseVerdict } from '../../../../rules/verdict.ts'
import type { FieldLine } from '../../../../wire/http1/field-lines.ts'
import { type Framing, hasToken, responseFraming } from '../../../../wire/http1/framing.ts'
import { readResponseHead } from '../../../../wire/http1/start-line.ts'
import { webSocketOver } from '../websocket/over-http1.ts'
import type { Exchange, RawTalk, Talk } from './exchange.ts'
import { HeldMessage } from './held-message.ts'
import type { LaneSink } from './lane.ts'
import { chunkEnd, chunkOf, cutting, type Outlet, passing, swallowing } from './outlet.ts'
import { rewriteResponse } from './rewrite.ts'
import { tellFlaw, tellServerEnded, tellServerResponse, tellVerdict, tellWrongLength } from './telling.ts'
import { type Way, wayOf } from './way.ts'

/** A response that is claimed, as its verdict finds it. */
interface Claimed {
  readonly exchange: Exchange
  readonly head: ResponseHead
  readonly text: string
  readonly raw: Uint8Array
  readonly framing: Framing
}

/** The server's responses, each to the first in the queue. */
export class Responses implements LaneSink {
  readonly #talk: Talk
  #outlet: Outlet | undefined
  #upgrade: (() => void) | undefined
  #held: HeldMessage<ResponseVerdict> | undefined

  constructor(talk: Talk) {
    this.#talk = talk
  }

  readonly head = (text: string, bytes: Uint8Array): Framing | undefined => {
    const talk = this.#talk
    const [exchange] = talk.queue
    const parsed = exchange?.state === 'server' ? readResponseHead(text) : undefined
    if (!exchange || !parsed) {
      talk.lost = true
      return undefined
    }
    const framing = responseFraming(parsed, exchange.method)
    const lane = talk.lanes['to-client']
    if (framing.body === 'interim') {
      if (parsed.status === 100 && exchange.swallows100) exchange.swallows100 = false
      else lane.pass(bytes)
      return framing
    }
    const head = responseHeadOf(parsed, text)
    if (framing.after === 'upgrade') {
      const protocol = parsed.status === 101 ? parsed.fields.upgrade : undefined
      this.#upgrade = () => talk.upgrade(exchange, this.#webSocket(exchange, head, protocol))
    } else if (exchange === talk.queue.at(-1)) talk.lanes['to-server'].resume('head')
    const claim = talk.lost ? undefined : talk.claims.response(exchange.place, exchange.head, head)
    if (claim) this.#claim(claim, { exchange, head, text, raw: bytes, framing })
    else {
      lane.pass(bytes)
      const isUnwanted = exchange.head.method === 'HEAD' && exchange.method !== 'HEAD'
      this.#outlet = isUnwanted ? swallowing(() => this.#ended()) : undefined
    }
    return framing
  }

  readonly body = (framed: Uint8Array, parts: readonly Uint8Array[]): void => {
    if (this.#outlet) this.#outlet.body(framed, parts)
    else this.#talk.lanes['to-client'].pass(framed)
  }

  readonly end = (trailers: readonly FieldLine[] | undefined): void => {
    const outlet = this.#outlet
    this.#outlet = undefined
    if (outlet) outlet.end(trailers)
    else this.#ended()
  }

  readonly between = (bytes: Uint8Array): void => this.#talk.lanes['to-client'].pass(bytes)

  readonly raw = (bytes: Uint8Array): void => {
    if (this.#talk.rawTalk) return this.#talk.rawTalk.push('to-client', bytes)
    this.cutOff()
    this.#talk.lost = true
    this.#talk.lanes['to-client'].pass(bytes)
  }

  readonly cutOff = (): void => this.#held?.cutOff()

  readonly finished = (): void => {
    this.#talk.rawTalk?.end('to-client')
    this.#talk.serverEnded()
  }

  /** The connection is over. */
  close(): void {
    this.#held?.gone()
    this.#held = undefined
  }

  #ended(): void {
    const upgrade = this.#upgrade
    if (upgrade) upgrade()
    else this.#talk.answered()
  }

  #webSocket(exchange: Exchange, head: ResponseHead, protocol: string | undefined): RawTalk | undefined {
    if (!protocol || !hasToken(protocol, 'websocket')) return undefined
    const claims = this.#talk.claims.webSocket(exchange.place, exchange.head)
    return claims && webSocketOver(this.#talk, exchange.place, claims, head.headers)
  }

  #claim(claim: ResponseClaim, message: Claimed): void {
    const { head } = message
    const raw = Buffer.from(message.raw) // the verdict may come later
    const held: HeldMessage<ResponseVerdict> = new HeldMessage<ResponseVerdict>({
      lane: this.#talk.lanes['to-client'],
      claim: claim as never,
      framing: message.framing,
      act: (body, late) => claim.act({ head, ...(body ? { body } : {}), ...(late ? { late } : {}) }),
      perform: verdict => {
        this.#held = undefined
        return this.#perform(verdict ?? { type: 'pass', acts: [] }, { ...message, raw })
      },
    })
    this.#held = held
    this.#outlet = held
    held.begin()
  }

  #perform(verdict: ResponseVerdict, claimed: Claimed): Outlet {
    const talk = this.#talk
    tellVerdict(talk, claimed.exchange, verdict)
    if (verdict.type === 'change') return this.#change(verdict, claimed)
    if (verdict.type === 'pass') return this.#pass(verdict, claimed)
    tellServerResponse(talk, claimed.exchange, claimed.head, 'own')
    talk.breakOff(verdict.how)
    return this.#server(claimed.exchange, () => {})
  }

  #pass({ pace }: Pick<ResponseVerdict, 'pace'>, { raw }: Claimed): Outlet {
    const way = wayOf(this.#talk.lanes['to-client'], pace)
    way.write(raw, 'head')
    return passing(way, () => this.#ended())
  }

  /** The server's own body, which the client does not get, or not all of it. */
  #server(exchange: Exchange, done: () => void): Outlet {
    const talk = this.#talk
    return swallowing(
      () => {
        tellServerEnded(talk, exchange, 'response')
        done()
      },
      part => talk.ports.serverContent(exchange.place, 'to-client', part),
    )
  }

  #change(verdict: Changes<ResponseHead>, claimed: Claimed): Outlet {
    const talk = this.#talk
    const { exchange, head, text, framing } = claimed
    const { body, cut, pace } = verdict
    const asked = { before: head, text, framing, head: verdict.head ?? head, length: body?.length }
    const rewritten = rewriteResponse(asked, exchange.head.method)
    if (typeof rewritten === 'string') {
      tellFlaw(talk, exchange, rewritten)
      return this.#pass(verdict, claimed)
    }
    const { framed, bytes } = rewritten
    const isOwn = framed.body !== 'same' || cut !== undefined
    if (framed.wrong !== undefined) tellWrongLength(talk, exchange, 'response', framed.wrong)
    tellServerResponse(talk, exchange, head, isOwn && framing.body !== 'none' ? 'own' : 'same')
    const way = wayOf(talk.lanes['to-client'], pace)
    way.write(bytes, 'head')
    if (framed.body === 'same') return cut ? this.#cut(way, cut, exchange) : this.#same(way, exchange)
    if (framed.body !== 'none') return this.#own(way, verdict, exchange, framed.body)
    return this.#server(exchange, () => way.whenGone(() => this.#ended()))
  }

  #same(way: Way, exchange: Exchange): Outlet {
    return passing(way, () => {
      tellServerEnded(this.#talk, exchange, 'response')
      this.#ended()
    })
  }

  #cut(way: Way, cut: NonNullable<Changes<ResponseHead>['cut']>, exchange: Exchange): Outlet {
    const server = this.#server(exchange, () => {})
    const client = cutting(way, cut, how => this.#talk.breakOff(how))
    return {
      body(framed, parts) {
        server.body(framed, parts)
        client.body(framed, parts)
      },
      end(trailers) {
        server.end(trailers)
        client.end(trailers)
      },
    }
  }

  /** The body that was asked for, in place of the server's. */
  #own(way: Way, { body = new Uint8Array(0), cut }: Changes<ResponseHead>, exchange: Exchange, as: string): Outlet {
    const isChunked = as === 'chunked' && !cut
    const sent = cut ? body.subarray(0, cut.after) : body
    way.write(isChunked ? chunkOf(sent) : sent, 'body')
    if (cut) way.whenGone(() => this.#talk.breakOff(cut.how))
    const server = this.#server(exchange, () => way.whenGone(() => this.#ended()))
    return isChunked ? chunkEnd(way, server) : server
  }
}
