import http from 'node:http'
import type { Duplex } from 'node:stream'
import type { ConnectionId, Target } from '../../model/connection.ts'
import { loopProblem } from '../../problem/from-system.ts'
import { DialError, dial } from '../dial/dial.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import { ContentTap } from '../socket/content-tap.ts'

/**
 * The upstream side of one client's plain HTTP: its connections serve that client alone and end with it,
 * so that a message that two servers read differently cannot reach somebody else.
 */
export class PlainAgent extends http.Agent {
  readonly connection: ConnectionId
  readonly #services: Services
  readonly #open = new Set<Duplex>()
  #ended = false
  #target = ''

  /** True once the client went: what fails from then on is not the server's doing. */
  get ended(): boolean {
    return this.#ended
  }

  constructor(services: Services, connection: ConnectionId) {
    super({ keepAlive: true })
    this.#services = services
    this.connection = connection
  }

  target(target: Target): void {
    const key = `${target.host}:${target.port}`
    if (key === this.#target) return
    this.#target = key
    const { tape } = this.#services
    tape.event(this.connection, now(), { type: 'targeted', entrance: 'absolute-form', target })
    tape.event(this.connection, now(), { type: 'treated', treatment: 'rewrite' })
  }

  /** Ends every connection, and resolves when the tape has been told. */
  async end(): Promise<void> {
    this.#ended = true
    const ending = [...this.#open].map(stream => new Promise(resolve => stream.once('close', resolve)))
    this.destroy()
    for (const stream of this.#open) stream.destroy()
    await Promise.all(ending)
  }

  override createConnection(
    options: { readonly host?: string | null; readonly port?: string | number | null },
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.#dial({ host: String(options.host), port: Number(options.port) }).then(
      stream => done?.(null, stream),
      (error: Error) => done?.(error, undefined as never),
    )
    return undefined
  }

  async #dial(target: Target): Promise<Duplex> {
    const { tape, options, isOurs } = this.#services
    const { connection } = this
    const tell = (event: Parameters<typeof tape.event>[2]): void => tape.event(connection, now(), event)
    try {
      if (isOurs(target.host, target.port)) throw new DialError(loopProblem(target))
      const { hosts, timeouts } = options
      const socket = await dial(target, { hosts, timeout: timeouts.dial, tell, forbidden: isOurs })
      if (this.#ended) {
        socket.destroy()
        throw new Error('the client went while its server was dialled')
      }
      const tap = new ContentTap({ socket, tape, connection, leg: 'upstream' })
      this.#open.add(tap)
      tap.once('close', () => {
        this.#open.delete(tap)
        const closed = tap.closedBy ?? { at: now(), by: 'parley', how: 'fin' }
        tell({ type: 'leg-closed', leg: 'upstream', closed, bytes: { toServer: tap.sent, toClient: tap.received } })
      })
      return tap
    } catch (error) {
      if (error instanceof DialError) tell({ type: 'failed', problem: error.problem })
      throw error
    }
  }
}
