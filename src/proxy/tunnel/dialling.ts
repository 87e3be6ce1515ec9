import { isProblem } from '../../model/problem.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { DialError, resetAtOnce } from '../dial/dial.ts'
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
  readonly #dialled: Promise<WireTap | Problem>
  #upstream: WireTap | undefined
  /** Where the server itself was found, once it was. */
  address: string | undefined
  readonly #drop = (): void => {
    this.#upstream?.destroy()
  }

  constructor(scope: TunnelScope) {
    this.#scope = scope
    this.#dialled = this.#dial()
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

  /** A relay begins: from here on it closes the upstream leg, after the last bytes have arrived. */
  handOver(): void {
    this.#scope.client.off('close', this.#drop)
  }

  async #dial(): Promise<WireTap | Problem> {
    const { services, connection, client, target, tell } = this.#scope
    const { hosts, timeouts } = services.options
    try {
      const options = { hosts, timeout: timeouts.dial, tell, forbidden: services.isOurs, givenUp: this.#givenUp }
      const { socket, address } = await services.dial(target, options)
      this.address = address
      const tap = new JsTap({ socket, tape: services.tape, connection, leg: 'upstream' })
      this.#upstream = tap
      tell({ type: 'tls-started', leg: 'upstream', toServer: 0, toClient: 0 })
      if (!this.hurry.happened) hurryWhenServerSpeaks(tap, this.hurry)
      client.once('close', this.#drop)
      this.#givenUp.on(this.#drop)
      return tap
    } catch (error) {
      return error instanceof DialError
        ? error.problem
        : problemOf('proxy/internal', { detail: (error as Error).message })
    }
  }
}
