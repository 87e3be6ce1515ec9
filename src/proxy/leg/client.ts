import { type SecureContext, type Server, TLSSocket } from 'node:tls'
import type { ConnectionId } from '../../model/connection.ts'
import { tlsProblem } from '../../problem/from-openssl.ts'
import type { Problem } from '../../problem/problem.ts'
import { now, type Tape } from '../ports.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import { agreedOn } from './agreed.ts'
import { alpnList } from './alpn.ts'

export interface ClientOptions {
  readonly tap: WireTap
  readonly tape: Tape
  readonly connection: ConnectionId
  readonly secureContext: SecureContext
  /** The one protocol to agree on; absent where none is to be negotiated. */
  readonly alpn?: string
  /** Keeps sessions by their id. */
  readonly keeper?: Server | undefined
  /** Told when the handshake is over. */
  readonly naming?: { readonly secured: () => void }
  /** ms */
  readonly timeout: number
}

/** Finishes TLS with the client as the server would. Resolves to the Problem when it fails; the socket is gone then. */
export function secureClient({
  tap,
  tape,
  connection,
  secureContext,
  alpn,
  keeper,
  naming,
  timeout,
}: ClientOptions): Promise<TLSSocket | Problem> {
  return new Promise(resolve => {
    const socket = new TLSSocket(tap.stream, {
      isServer: true,
      secureContext,
      ...(keeper ? { server: keeper } : {}),
      ...(alpn ? { ALPNProtocols: alpnList([alpn]) } : {}),
    })
    const fail = (error: NodeJS.ErrnoException): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(tlsProblem('client', error, { closed: tap.closed }))
    }
    const timer = setTimeout(() => fail(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), timeout)
    socket.on('keylog', line => tape.keyLog(connection, 'client', now(), line))
    const onClose = (): void => fail(Object.assign(new Error('closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' }))
    socket.once('error', fail).once('end', onClose).once('close', onClose) // a FIN alone closes nothing here
    socket.on('error', () => {}) // a late one has been told by the tap
    if (tap.destroyed) onClose() // it went while the server was asked, and will not close again
    socket.once('secure', () => {
      clearTimeout(timer)
      socket.off('error', fail).off('end', onClose).off('close', onClose)
      // From here on Node tells TLS errors as 'error' to sockets of a tls.Server alone, and lets all others hang.
      socket.on('_tlsError', error => socket.destroy(error))
      socket.once('_tlsError', () => tape.event(connection, now(), { type: 'spoilt', leg: 'client' }))
      tap.settle(socket)
      naming?.secured()
      tape.event(connection, now(), { type: 'secured', leg: 'client', at: now(), agreed: agreedOn(socket) })
      resolve(socket)
    })
  })
}
