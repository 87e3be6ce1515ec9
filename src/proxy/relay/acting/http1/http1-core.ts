import type { Direction } from '../../../../model/party.ts'
import type { Claims } from '../../../../rules/claims.ts'
import type { Break } from '../../../../rules/verdict.ts'
import type { ActingCore, ActingPorts } from '../core.ts'
import type { Exchange, RawTalk, Talk } from './exchange.ts'
import { Lane } from './lane.ts'
import { Requests } from './requests.ts'
import { Responses } from './responses.ts'

const mostWaiting = 1000 // pipelined requests; more are read when some of them are answered

/** Acts on the messages of one HTTP/1.x connection. What `push` is given may be written on as it is: nobody changes it. */
export class Http1Core implements ActingCore, Talk {
  readonly claims: Claims
  readonly ports: ActingPorts
  readonly context: Talk['context']
  readonly lanes: Readonly<Record<Direction, Lane>>
  readonly queue: Exchange[] = []
  lost = false
  over = false
  clientEnded = false
  rawTalk: RawTalk | undefined
  readonly #requests: Requests
  readonly #responses: Responses
  /** The server has ended; the client hears of it once nothing can be answered without it. */
  #serverEnded = false

  constructor(claims: Claims, ports: ActingPorts, context: Talk['context']) {
    this.claims = claims
    this.ports = ports
    this.context = context
    this.#requests = new Requests(this)
    this.#responses = new Responses(this)
    this.lanes = {
      'to-server': new Lane('to-server', ports, this.#requests),
      'to-client': new Lane('to-client', ports, this.#responses),
    }
  }

  push(direction: Direction, bytes: Uint8Array): void {
    if (!this.over) this.lanes[direction].push(bytes)
  }

  end(direction: Direction): void {
    if (this.over) return
    if (direction === 'to-server' && this.lanes[direction].swallows) return this.ports.destroy('close') // it has given up
    this.lanes[direction].end()
  }

  drained(direction: Direction): void {
    this.lanes[direction].drained()
  }

  close(): void {
    if (this.over) return
    this.over = true
    this.#requests.close()
    this.#responses.close()
    for (const { feed, place } of this.queue.splice(0)) {
      feed?.fail()
      this.claims.over?.(place)
    }
    this.rawTalk?.close()
    for (const lane of Object.values(this.lanes)) lane.drained() // who waits for room finds that it is over
  }

  serverEnded(): void {
    this.#serverEnded = true
    this.turn()
  }

  turn(): void {
    const [front] = this.queue
    const toClient = this.lanes['to-client']
    if (front?.play) {
      const { play } = front
      front.play = undefined
      toClient.hold('turn')
      return play()
    }
    front?.goAhead?.()
    if (front) front.goAhead = undefined
    if (front?.state !== 'parley') toClient.release('turn')
    if (this.#serverEnded && front?.state !== 'held' && front?.state !== 'parley') this.#endClient()
  }

  answered(): void {
    const exchange = this.queue.shift()
    if (!exchange) return
    exchange.responseEnded = true
    exchange.feed?.abandon()
    if (exchange.requestEnded) this.claims.over?.(exchange.place)
    if (exchange.state === 'parley' && exchange.closes) return this.#endClient()
    this.turn()
    const toServer = this.lanes['to-server']
    if (exchange.state === 'parley' && this.queue.length === 0) toServer.resume('head') // no Upgrade was granted
    if (this.queue.length < mostWaiting) toServer.release('full')
  }

  requestEnded(exchange: Exchange): void {
    exchange.requestEnded = true
    if (exchange.responseEnded) this.claims.over?.(exchange.place)
  }

  breakOff(how: Break): void {
    if (how !== 'black-hole') {
      for (const lane of Object.values(this.lanes)) lane.flush()
      return this.ports.destroy(how)
    }
    const toServer = this.lanes['to-server']
    this.lanes['to-client'].hold('black-hole')
    toServer.swallow()
    if (toServer.ended) this.ports.destroy('close')
  }

  upgrade(_exchange: Exchange, raw: RawTalk | undefined): void {
    this.rawTalk = raw
    this.lanes['to-server'].resume('raw')
  }

  /** The client gets no other answer, and whatever it says goes nowhere. */
  #endClient(): void {
    if (this.clientEnded) return
    this.clientEnded = true
    this.ports.end('to-client')
  }
}
