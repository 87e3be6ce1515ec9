import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import { type Duplex, pipeline } from 'node:stream'
import type { ContentTap } from '../socket/content-tap.ts'
import { headOf } from './raw-fields.ts'

export interface UpgradeOptions {
  readonly client: ContentTap
  /** Whether the client asked for another protocol. */
  readonly asked: boolean
  readonly answer: ServerResponse
  readonly upstream: ClientRequest
  /** Told of the tap that takes the place of the client's, before a byte passes through it. */
  readonly onSwitch: (client: ContentTap) => void
}

/** When the server switches protocols (RFC 9110 7.8), says so to the client, and from then on forwards both as they come. */
export function relayUpgrade({ client, asked, answer, upstream, onSwitch }: UpgradeOptions): void {
  upstream.on('upgrade', (response: IncomingMessage, server: Duplex, head: Buffer) => {
    if (!asked) {
      server.destroy()
      upstream.emit('error', new Error('it switched to another protocol, unasked')) // Node would say nothing
      return
    }
    const switchOver = (): void => {
      const successor = client.successor()
      onSwitch(successor)
      successor.write(headOf(response), 'latin1')
      server.unshift(head)
      pipeline(successor, server, successor, () => {})
    }
    // a response before it on the connection has the socket until it is over
    if (answer.socket) switchOver()
    else answer.once('socket', switchOver)
  })
}
