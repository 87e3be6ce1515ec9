import type { LegClosed } from '../../model/connection.ts'
import type { Direction, Party } from '../../model/party.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import type { Take } from '../../wire/socks/whole.ts'
import { now } from '../ports.ts'
import { JsTap } from '../socket/js-tap.ts'
import type { Arrival } from './arrival.ts'

/** What a client asks cannot be done. `answer` tells it so in its own protocol. */
export class Refusal extends Error {
  readonly problem: Problem
  readonly answer: Buffer

  constructor(problem: Problem, answer: Buffer) {
    super(problem.message)
    this.problem = problem
    this.answer = answer
  }
}

/** The client went before it had said all. */
export class Gone extends Error {}

const lingering = 500 // ms
const unchanged = (bytes: Buffer): Buffer => bytes

/**
 * What a client and Parley say to each other before a tunnel, one message after the other. The tape gets each when it is
 * whole, as bytes below TLS. All of it may take as long as a hello.
 */
export class Opening {
  readonly #arrival: Arrival
  readonly #deadline: NodeJS.Timeout
  #unread: Buffer
  #received = 0
  #sent = 0
  #closed: LegClosed | undefined
  #late = false
  /** How what is unread may be shown. */
  #shown = unchanged
  #wake: (() => void) | undefined

  constructor(arrival: Arrival, first: Buffer) {
    this.#arrival = arrival
    this.#unread = first
    const { socket, services } = arrival
    socket.pause()
    socket.on('data', this.#onData).on('end', this.#onEnd).on('error', this.#onError).on('close', this.#onClose)
    this.#deadline = setTimeout(() => {
      this.#late = true
      this.#wake?.()
    }, services.options.timeouts.hello)
    services.lobby.waits(socket, first.length)
  }

  /**
   * The next message. `shown` is how the tape may see it, and what there is of it should the client go. Throws Gone,
   * a Refusal where it takes too long, and what `take` throws.
   */
  async read<T>(take: Take<T>, shown = unchanged): Promise<T> {
    this.#shown = shown
    for (;;) {
      const whole = take(this.#unread)
      if (whole) {
        this.#tell('to-server', shown(this.#unread.subarray(0, whole.length)))
        this.#unread = this.#unread.subarray(whole.length)
        this.#shown = unchanged
        return whole.value
      }
      if (this.#late) throw new Refusal(problemOf('proxy/late-head'), Buffer.alloc(0))
      if (this.#closed) throw new Gone()
      await this.#more()
    }
  }

  say(bytes: Buffer): void {
    this.#tell('to-client', bytes)
    this.#arrival.socket.write(bytes)
  }

  /** Says the last, and ends the connection. */
  refuse({ problem, answer }: Refusal): void {
    this.#arrival.services.tape.event(this.#arrival.connection, now(), { type: 'failed', problem })
    if (answer.length > 0) this.say(answer)
    this.#note('parley', 'fin')
    const { socket } = this.#arrival
    socket.off('data', this.#onData).once('end', () => socket.destroy())
    socket.end()
    socket.resume() // what is unread at the end would take the answer with it
    const timer = setTimeout(() => socket.destroy(), lingering)
    socket.once('close', () => clearTimeout(timer))
  }

  /** The client's socket as a tunnel has it. */
  handOver(): JsTap {
    const { socket, services, connection, address } = this.#arrival
    this.#letGo()
    socket.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onError).off('close', this.#onClose)
    const [received, sent, unread, remoteAddress] = [this.#received, this.#sent, this.#unread, address]
    if (unread.length > 0) this.#tell('to-server', unread)
    const tap = new JsTap({
      socket,
      tape: services.tape,
      connection,
      leg: 'client',
      received,
      sent,
      unread,
      remoteAddress,
    })
    tap.on('error', () => {})
    return tap
  }

  #more(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = () => {
        this.#wake = undefined
        this.#arrival.socket.pause()
        resolve()
      }
      this.#arrival.socket.resume()
    })
  }

  #tell(direction: Direction, bytes: Buffer): void {
    const { services, connection } = this.#arrival
    const position = direction === 'to-server' ? this.#received : this.#sent
    services.tape.wire({ connection, leg: 'client', direction }, now(), position, bytes)
    if (direction === 'to-server') this.#received += bytes.length
    else this.#sent += bytes.length
  }

  #letGo(): void {
    clearTimeout(this.#deadline)
    this.#arrival.services.lobby.leaves(this.#arrival.socket)
  }

  #note(by: Party, how: LegClosed['how']): void {
    this.#closed ??= { at: now(), by, how }
    this.#wake?.()
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#unread = Buffer.concat([this.#unread, chunk])
    this.#arrival.services.lobby.waits(this.#arrival.socket, this.#unread.length)
    this.#wake?.()
  }
  readonly #onEnd = (): void => this.#note('client', 'fin')
  readonly #onError = (): void => this.#note('client', 'reset')
  readonly #onClose = (): void => {
    const { services, connection } = this.#arrival
    this.#letGo()
    this.#note('parley', 'fin')
    if (this.#unread.length > 0) this.#tell('to-server', this.#shown(this.#unread))
    const bytes = { toServer: this.#received, toClient: this.#sent }
    services.tape.event(connection, now(), { type: 'leg-closed', leg: 'client', closed: this.#closed!, bytes })
    services.tape.event(connection, now(), { type: 'closed', at: now() })
  }
}
