import type { TLSSocket } from 'node:tls'

/** The certificate that a server sent, as Node reads it. */
export type PeerCertificate = NonNullable<ReturnType<TLSSocket['getPeerX509Certificate']>>
