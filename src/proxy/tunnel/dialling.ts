import type { ConnectionEvent } from '../../model/connection-event.ts'
import { isProblem } from '../../model/problem.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import type { ConnectionRuling } from '../../rules/rulings.ts'
import { DialError, resetAtOnce } from '../dial/dial.ts'
import { ruledWay } from '../dial/ruled-way.ts'
import { Once } from '../once.ts'
import { JsTap } from '../socket/js-tap.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { hurryWhenServerSpeaks } from './first-words.ts'
import type { TunnelScope } from './scope.ts'

/** The dial to the server, which runs while the client still speaks. */
export class Dialling {
  /** The client need not be waited for any longer: the server spoke first. */
  readonly hurry = new Once()
  readonly #scope: TunnelScope
  readonly #givenUp = new Once()
  #dialled: Promise<WireTap | Problem>
  #ruling: ConnectionRuling | undefined
  #upstream: WireTap | undefined
  /** Where the server itself was found, once it was. */
  address: string | undefined
  readonly #drop = (): void => {
    this.#upstream?.destroy()
  }

  constructor(scope: TunnelScope) {
    this.#scope = scope
    this.#ruling = scope.ruling
    this.#dialled = this.#dial(scope.ruling)
  }

  /** The socket to the server, once there is one. */
  get upstream(): WireTap | undefined {
    return this.#upstream
  }

  /** Nobody wants the server any more. */
  giveUp(): void {
    this.#givenUp.happen()
  }

  /** Calls back when the dial has failed. */
  onFailure(failed: () => void): void {
    void this.#dialled.then(dialled => {
      if (isProblem(dialled)) failed()
    })
  }

  /** The socket, or why there is none. A server that has hung up by now was as good as never reached. */
  async outcome(): Promise<WireTap | Problem> {
    const dialled = await this.#dialled
    return !isProblem(dialled) && dialled.closed?.how === 'reset' ? resetAtOnce(this.#scope.target) : dialled
  }

  /** What was reached, if this ruling leads there; else that is dropped, and what it leads to is dialled. */
  async along(ruling: ConnectionRuling | undefined, reached: WireTap | Problem): Promise<WireTap | Problem> {
    if (wayOf(ruling) === wayOf(this.#ruling) || this.#givenUp.happened || hasSpoken(reached)) return reached
    if (!isProblem(reached)) reached.destroy()
    this.#ruling = ruling
    this.#dialled = this.#dial(ruling)
    return this.outcome()
  }

  /** The server once more, the same way, on another connection: what was said on this one has led nowhere. */
  again(): Promise<WireTap | Problem> {
    this.#upstream?.destroy()
    this.#dialled = this.#dial(this.#ruling)
    return this.outcome()
  }

  /** A relay begins: from here on it closes the upstream leg, after the last bytes have arrived. */
  handOver(): void {
    this.#scope.client.off('close', this.#drop)
  }

  /** Where the name was looked up, what else is known of it is asked for, and told when it comes. */
  #tell(event: ConnectionEvent): void {
    const { services, target, tell } = this.#scope
    tell(event)
    if (event.type !== 'looked-up' || event.literal || event.name !== target.host || event.addresses.length === 0)
      return
    void services.serviceLookup?.recordsOf(target).then(records => {
      if (records.length > 0) tell({ type: 'services-known', services: records })
    })
  }

  async #dial(ruling: ConnectionRuling | undefined): Promise<WireTap | Problem> {
    const { services, connection, client, target } = this.#scope
    const tell = (event: ConnectionEvent): void => this.#tell(event)
    const { hosts, timeouts } = services.options
    try {
      const options = {
        hosts,
        timeout: timeouts.dial,
        tell,
        forbidden: services.isOurs,
        givenUp: this.#givenUp,
        ...ruledWay(ruling),
      }
      const { socket, address } = await services.dial(target, options)
      this.address = address
      const tap = new JsTap({ socket, tape: services.tape, connection, leg: 'upstream' })
      this.#upstream = tap
      tell({ type: 'tls-started', leg: 'upstream', toServer: 0, toClient: 0 })
      if (!this.hurry.happened) hurryWhenServerSpeaks(tap, this.hurry)
      client.off('close', this.#drop).once('close', this.#drop)
      this.#givenUp.on(this.#drop)
      return tap
    } catch (error) {
      return error instanceof DialError
        ? error.problem
        : problemOf('proxy/internal', { detail: (error as Error).message })
    }
  }
}

const hasSpoken = (reached: WireTap | Problem): boolean =>
  !isProblem(reached) && reached.bytes.toServer + reached.bytes.toClient > 0

const wayOf = (ruling: ConnectionRuling | undefined): string => JSON.stringify(ruledWay(ruling))
