import { Duplex } from 'node:stream'
import tls, { type SecureContext, type TLSSocket } from 'node:tls'
import type { PeerCertificate } from '../peer-certificate.ts'
import { replayFlight } from './replay-server.ts'

/** What OpenSSL found about a chain. */
export interface Replayed {
  /** The server's own certificate, and its issuers behind it, as OpenSSL read them. */
  readonly peer: PeerCertificate
  /** OpenSSL's word for what is wrong ('CERT_HAS_EXPIRED' ...); undefined: nothing. */
  readonly code: string | undefined
}

/** What of TLSWrap Node itself asks when a handshake is over. */
interface Handle {
  /** SSL_get_verify_result as an error with OpenSSL's code; null: X509_V_OK. */
  verifyError(): NodeJS.ErrnoException | null
  /** i2d_SSL_SESSION */
  getSession(): Buffer | undefined
}

/**
 * Lets OpenSSL judge a chain (DER, leaf first) by the roots and the security level of `context`, as the one of a server
 * by whom it is sent: replays it in a handshake in memory. Resolves to undefined where OpenSSL never came to judge it,
 * because it cannot read it or knows no such key. Names are not looked at. Never rejects.
 */
export function replay(chain: readonly Uint8Array[], context: SecureContext): Promise<Replayed | undefined> {
  return new Promise(resolve => {
    const pipe = serverOf(chain)
    const socket = tls.connect({ socket: pipe, secureContext: context, rejectUnauthorized: false })
    const settle = (): void => {
      resolve(resultOf(socket, chain[0]))
      setImmediate(() => {
        socket.destroy() // not at once: OpenSSL is at work
        pipe.destroy()
      })
    }
    pipe.once('data', settle) // OpenSSL, which listens before us, has judged what came
    socket.on('error', () => {}).once('close', settle)
  })
}

/** Answers what is written first, and ends. */
function serverOf(chain: readonly Uint8Array[]): Duplex {
  let told = false
  return new Duplex({
    read() {},
    write(hello: Buffer, _encoding, done) {
      done()
      if (told) return
      told = true
      try {
        this.push(replayFlight(hello, chain))
      } catch {} // a hello of another kind than OpenSSL's of today: nothing is judged
      this.push(null)
    },
  })
}

/**
 * X509_V_OK is what OpenSSL says before it has judged anything, and Node crashes where it is asked then. So the session
 * must hold the leaf: OpenSSL puts it there once it has judged the chain, and Node shows it as the peer's even before.
 */
function resultOf(socket: TLSSocket, leaf: Uint8Array | undefined): Replayed | undefined {
  const peer = socket.getPeerX509Certificate()
  const handle = (socket as unknown as { readonly _handle: Handle | null })._handle
  if (!leaf || !peer || !handle || Buffer.compare(peer.raw, leaf) !== 0) return undefined
  if (!handle.getSession()?.includes(leaf)) return undefined
  const error = handle.verifyError()
  return { peer, code: error ? (error.code ?? error.message) : undefined }
}
