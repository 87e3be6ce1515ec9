import type { RequestHead } from '../../../../model/exchange.ts'
import { requestHeadOf } from '../../../../model/http1-head.ts'
import type { RequestClaim } from '../../../../rules/claims.ts'
import type { Answer, Break, Changes, GoesElsewhere, RequestVerdict } from '../../../../rules/verdict.ts'
import type { FieldLine } from '../../../../wire/http1/field-lines.ts'
import { type Framing, requestFraming } from '../../../../wire/http1/framing.ts'
import { readRequestHead } from '../../../../wire/http1/start-line.ts'
import { playAnswer } from './answering.ts'
import { playElsewhere } from './elsewhere.ts'
import { type Exchange, newExchange, type Talk } from './exchange.ts'
import { HeldMessage } from './held-message.ts'
import type { LaneSink } from './lane.ts'
import { type Cut, chunkEnd, chunkOf, cutting, type Outlet, passing, swallowing } from './outlet.ts'
import { expectsGoAhead, rewriteRequest } from './rewrite.ts'
import { tellFlaw, tellServerEnded, tellServerRequest, tellVerdict, tellWrongLength } from './telling.ts'
import { type Way, wayOf } from './way.ts'

const mostWaiting = 1000 // pipelined requests; more are read when some of them are answered

/** A request that is claimed, as its verdict finds it. */
interface Claimed {
  readonly exchange: Exchange
  readonly text: string
  readonly raw: Uint8Array
  readonly framing: Framing
  readonly held: () => HeldMessage<RequestVerdict>
}

/** The requests of one client: each goes on as it came, or as its verdict has it. */
export class Requests implements LaneSink {
  readonly #talk: Talk
  #count = 0
  #sending: Exchange | undefined
  #outlet: Outlet | undefined
  readonly #held = new Set<HeldMessage<RequestVerdict>>()

  constructor(talk: Talk) {
    this.#talk = talk
  }

  readonly head = (text: string, bytes: Uint8Array): Framing | undefined => {
    const talk = this.#talk
    const parsed = talk.lost || talk.clientEnded ? undefined : readRequestHead(text)
    if (!parsed) {
      talk.lost = true
      return undefined
    }
    const framing = requestFraming(parsed)
    const head = requestHeadOf(talk.context, parsed, text)
    const exchange = newExchange(++this.#count, head, framing.after === 'close')
    if (framing.body === 'unknown') talk.lost = true
    const claim = talk.lost ? undefined : talk.claims.request(exchange.place, head)
    this.#sending = exchange
    talk.queue.push(exchange)
    if (claim) this.#claim(claim, { exchange, text, raw: bytes, framing })
    else {
      this.#outlet = undefined
      talk.lanes['to-server'].pass(bytes)
    }
    if (talk.queue.length === 1) talk.turn()
    if (talk.queue.length >= mostWaiting) talk.lanes['to-server'].hold('full')
    return framing
  }

  readonly body = (framed: Uint8Array, parts: readonly Uint8Array[]): void => {
    if (this.#outlet) this.#outlet.body(framed, parts)
    else this.#talk.lanes['to-server'].pass(framed)
  }

  readonly end = (trailers: readonly FieldLine[] | undefined): void => {
    const outlet = this.#outlet
    const exchange = this.#sending!
    this.#outlet = undefined
    this.#sending = undefined
    if (outlet) outlet.end(trailers)
    else this.#talk.requestEnded(exchange)
  }

  readonly between = (bytes: Uint8Array): void => this.#talk.lanes['to-server'].pass(bytes)

  readonly raw = (bytes: Uint8Array): void => {
    if (this.#talk.rawTalk) return this.#talk.rawTalk.push('to-server', bytes)
    this.cutOff()
    if (this.#talk.clientEnded || this.#sending?.state === 'parley') return // nobody else is asked
    this.#talk.lost = true
    this.#talk.lanes['to-server'].pass(bytes)
  }

  readonly cutOff = (): void => {
    for (const held of this.#held) held.cutOff()
    this.#sending?.feed?.fail()
  }

  readonly finished = (): void => {
    this.#talk.rawTalk?.end('to-server')
    this.#talk.ports.end('to-server')
  }

  /** The connection is over. */
  close(): void {
    for (const held of this.#held) held.gone()
    this.#held.clear()
  }

  #claim(claim: RequestClaim, message: Omit<Claimed, 'held'>): void {
    const { exchange, framing } = message
    const talk = this.#talk
    const raw = Buffer.from(message.raw) // the verdict may come later
    exchange.state = 'held'
    const held: HeldMessage<RequestVerdict> = new HeldMessage<RequestVerdict>({
      lane: talk.lanes['to-server'],
      claim: claim as never,
      framing,
      act: (body, late) => claim.act({ head: exchange.head, ...(body ? { body } : {}), ...(late ? { late } : {}) }),
      perform: verdict => {
        this.#held.delete(held)
        exchange.goAhead = undefined
        const outlet = this.#perform(verdict ?? { type: 'pass', acts: [] }, { ...message, raw, held: () => held })
        talk.turn()
        return outlet
      },
    })
    this.#held.add(held)
    this.#outlet = held
    if (claim.most > 0 && framing.body !== 'none' && expectsGoAhead(exchange.head))
      exchange.goAhead = () => {
        if (held.begun) return
        exchange.swallows100 = true
        talk.lanes['to-client'].pass(Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'))
      }
    held.begin()
  }

  #perform(verdict: RequestVerdict, claimed: Claimed): Outlet {
    const talk = this.#talk
    const { exchange } = claimed
    tellVerdict(talk, exchange, verdict)
    switch (verdict.type) {
      case 'pass':
        return this.#pass(verdict, claimed)
      case 'change':
        return this.#change(verdict, claimed)
      case 'answer':
        return this.#answer(verdict.answer, claimed, verdict.pace)
      case 'elsewhere':
        return this.#elsewhere(verdict, claimed)
      case 'break':
        exchange.state = 'parley'
        talk.ports.acted(exchange.place, { type: 'server-not-asked' })
        exchange.play = () => talk.breakOff(verdict.how)
        return swallowing(() => talk.requestEnded(exchange))
    }
  }

  #pass({ pace }: Pick<RequestVerdict, 'pace'>, { exchange, raw }: Claimed): Outlet {
    exchange.state = 'server'
    const way = wayOf(this.#talk.lanes['to-server'], pace)
    way.write(raw, 'head')
    return passing(way, () => this.#talk.requestEnded(exchange))
  }

  #change(verdict: Changes<RequestHead>, claimed: Claimed): Outlet {
    const talk = this.#talk
    const { exchange, text, framing } = claimed
    const { body, cut, pace } = verdict
    const asked = { before: exchange.head, text, framing, head: verdict.head ?? exchange.head, length: body?.length }
    const rewritten = rewriteRequest(asked)
    if (typeof rewritten === 'string') {
      tellFlaw(talk, exchange, rewritten)
      return this.#pass(verdict, claimed)
    }
    const { framed, head, bytes } = rewritten
    const isOwn = body !== undefined || cut !== undefined
    if (framed.wrong !== undefined) tellWrongLength(talk, exchange, 'request', framed.wrong)
    exchange.state = 'server'
    exchange.method = head.method
    tellServerRequest(talk, exchange, head, isOwn ? 'own' : 'same')
    const way = wayOf(talk.lanes['to-server'], pace)
    way.write(bytes, 'head')
    const done = (): void => {
      tellServerEnded(talk, exchange, 'request')
      talk.requestEnded(exchange)
    }
    if (body === undefined) return cut ? this.#cut(way, cut, exchange) : passing(way, done)
    const sent = cut ? body.subarray(0, cut.after) : body
    talk.ports.serverContent(exchange.place, 'to-server', sent)
    way.write(framed.body === 'chunked' && !cut ? chunkOf(sent) : sent, 'body')
    if (cut) way.whenGone(() => talk.breakOff(cut.how))
    const rest = swallowing(() => way.whenGone(done))
    return framed.body === 'chunked' && !cut ? chunkEnd(way, rest) : rest
  }

  #cut(way: Way, cut: Cut, { place }: Exchange): Outlet {
    const { ports } = this.#talk
    const breakOff = (how: Break): void => this.#talk.breakOff(how)
    return cutting(way, cut, breakOff, part => {
      if (part.length > 0) ports.serverContent(place, 'to-server', part)
    })
  }

  #answer(answer: Answer, { exchange, framing, held }: Claimed, pace: RequestVerdict['pace']): Outlet {
    const talk = this.#talk
    exchange.state = 'parley'
    talk.ports.acted(exchange.place, { type: 'server-not-asked' })
    // A client that waits for leave to send its body may or may not send it now; nobody could tell where it ends.
    const waits = framing.body !== 'none' && expectsGoAhead(exchange.head) && !held().begun && !exchange.swallows100
    if (waits) exchange.closes = true
    exchange.swallows100 = false
    exchange.play = () => void playAnswer(talk, exchange, answer, pace)
    return swallowing(() => talk.requestEnded(exchange))
  }

  #elsewhere(verdict: GoesElsewhere, { exchange, framing }: Claimed): Outlet {
    exchange.state = 'parley'
    exchange.swallows100 = false
    return playElsewhere(this.#talk, exchange, verdict, framing.body !== 'none')
  }
}
