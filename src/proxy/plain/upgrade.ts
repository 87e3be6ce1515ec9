import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import { type Duplex, pipeline } from 'node:stream'
import { StreamTap } from '../stream-tap.ts'
import { headOf } from './raw-fields.ts'
import { asksForWebSocket } from './request-head.ts'

export interface UpgradeOptions {
  /** The request that asks for another protocol. */
  readonly request: IncomingMessage
  readonly answer: ServerResponse
  readonly upstream: ClientRequest
  /** Told of the tap that takes the place of the client's, before a byte passes through it. */
  readonly onSwitch: (client: StreamTap) => void
}

/** When the server switches protocols (RFC 9110 7.8), says so to the client, and from then on forwards both as they come. */
export function relayUpgrade({ request, answer, upstream, onSwitch }: UpgradeOptions): void {
  upstream.on('upgrade', (response: IncomingMessage, server: Duplex, head: Buffer) => {
    if (!asksForWebSocket(request.rawHeaders)) {
      server.destroy()
      upstream.emit('error', new Error('it switched to another protocol, unasked')) // Node would say nothing
      return
    }
    const switchOver = (): void => {
      const { socket } = request
      if (!((socket as Duplex) instanceof StreamTap)) return void server.destroy()
      const client = (socket as unknown as StreamTap).successor()
      onSwitch(client)
      client.write(headOf(response), 'latin1')
      server.unshift(head)
      pipeline(client, server, client, () => {})
    }
    // a response before it on the connection has the socket until it is over
    if (answer.socket) switchOver()
    else answer.once('socket', switchOver)
  })
}
