import type { Server } from 'node:net'
import { closingServer, garbageServer, resettingServer } from './broken-origins.ts'
import type { LeafSpec, TestAuthority } from './certificates.ts'
import { http1Server, http2Server, plainServer } from './http-origins.ts'
import type { OriginName } from './origin.ts'
import type { Site } from './site.ts'

export interface OriginKind {
  readonly name: OriginName
  readonly title: string
  readonly lookAt: string
  readonly scheme?: 'http' | 'https'
  make(parts: Parts): Server
}

/** What origins are made of. */
export interface Parts {
  readonly authority: TestAuthority
  readonly site: Site
  readonly slowSite: Site
  readonly host: string
}

const leaf = ({ authority, host }: Parts, spec: Partial<LeafSpec> = {}) => authority.issue({ host, ...spec })

const tls12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const
const tls13 = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' } as const

export const originKinds: readonly OriginKind[] = [
  {
    name: 'tls13',
    title: 'A modern server: TLS 1.3, an EC certificate, HTTP/2',
    lookAt: 'the two handshakes side by side, then the HTTP/2 frames',
    make: parts => http2Server(parts.site, { ...leaf(parts), ...tls13 }),
  },
  {
    name: 'hrr',
    title: 'A server that takes only P-384, for which clients send no key share: TLS 1.3 with a HelloRetryRequest',
    lookAt: 'the second ClientHello, and the round trip that it costs',
    make: parts => http2Server(parts.site, { ...leaf(parts), ...tls13, ecdhCurve: 'P-384' }),
  },
  {
    name: 'tls12-ecdhe',
    title: 'TLS 1.2 with ECDHE-RSA and AES-128-GCM, and an intermediate certificate',
    lookAt: 'ServerKeyExchange, and the certificates that TLS 1.2 sends in the clear',
    make: parts => {
      const identity = leaf(parts, { keyType: 'rsa', issuer: 'intermediate' })
      return http2Server(parts.site, { ...identity, ...tls12, ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' })
    },
  },
  {
    name: 'tls12-rsa',
    title: 'TLS 1.2 with RSA key exchange: no forward secrecy',
    lookAt: 'the missing ServerKeyExchange and the premaster secret in ClientKeyExchange',
    make: parts =>
      http1Server(parts.site, { ...leaf(parts, { keyType: 'rsa' }), ...tls12, ciphers: 'AES128-GCM-SHA256' }),
  },
  {
    name: 'tls12-cbc',
    title: 'TLS 1.2 with AES in CBC mode, MAC then encrypt',
    lookAt: 'the cipher suite, and encrypt_then_mac where both sides offer it',
    make: parts =>
      http1Server(parts.site, { ...leaf(parts, { keyType: 'rsa' }), ...tls12, ciphers: 'ECDHE-RSA-AES128-SHA' }),
  },
  {
    name: 'http11',
    title: 'HTTP/1.1 alone, over TLS 1.3: chunked bodies, trailers, keep-alive',
    lookAt: 'ALPN: the client offers h2 and is given http/1.1',
    make: parts => http1Server(parts.site, { ...leaf(parts), ...tls13 }),
  },
  {
    name: 'plain',
    title: 'HTTP without TLS',
    lookAt: 'the request in absolute form on the client leg, in origin form upstream',
    scheme: 'http',
    make: parts => plainServer(parts.site),
  },
  {
    name: 'websocket',
    title: 'A WebSocket that sends every message back',
    lookAt: 'the upgrade and the messages of both directions',
    make: parts => http1Server(parts.site, { ...leaf(parts), ...tls13 }),
  },
  {
    name: 'slow',
    title: 'A server that thinks before its first byte',
    lookAt: 'the timing: TCP and TLS are quick, the wait is the server',
    make: parts => http2Server(parts.slowSite, { ...leaf(parts), ...tls13 }),
  },
  {
    name: 'expired',
    title: 'A certificate that expired yesterday',
    lookAt: 'the upstream certificate, its dates and the failure that names them',
    make: parts => http2Server(parts.site, leaf(parts, { validFrom: -30, validUntil: -1 })),
  },
  {
    name: 'not-yet-valid',
    title: 'A certificate that is valid from tomorrow on',
    lookAt: 'the upstream certificate and its dates',
    make: parts => http2Server(parts.site, leaf(parts, { validFrom: 1 })),
  },
  {
    name: 'self-signed',
    title: 'A certificate that signed itself',
    lookAt: 'subject and issuer, which are the same',
    make: parts => http2Server(parts.site, leaf(parts, { issuer: 'self' })),
  },
  {
    name: 'wrong-host',
    title: 'A certificate for another name',
    lookAt: 'the server name that was asked for against subjectAltName',
    make: parts => http2Server(parts.site, leaf(parts, { host: 'elsewhere.localhost' })),
  },
  {
    name: 'incomplete-chain',
    title: 'A server that forgets to send its intermediate certificate',
    lookAt: 'a chain of one certificate whose issuer nobody has',
    make: parts => http2Server(parts.site, leaf(parts, { issuer: 'intermediate', complete: false })),
  },
  {
    name: 'client-cert',
    title: 'A server that requires a client certificate',
    lookAt: 'CertificateRequest upstream, and the alert that ends the connection without a certificate',
    make: parts => http1Server(parts.site, { ...leaf(parts), ...tls13, requestCert: true, ca: parts.authority.caPem }),
  },
  {
    name: 'client-cert-optional',
    title: 'A server that asks for a client certificate and does without',
    lookAt: 'CertificateRequest, and the empty Certificate that answers it',
    make: parts => {
      const asking = { requestCert: true, rejectUnauthorized: false, ca: parts.authority.caPem }
      return http1Server(parts.site, { ...leaf(parts), ...tls13, ...asking })
    },
  },
  {
    name: 'alert',
    title: 'A server that has no cipher suite in common with anyone: alert handshake_failure',
    lookAt: 'the alert, who sent it and what was offered',
    // An RSA suite beside an EC certificate can never be chosen.
    make: parts => http1Server(parts.site, { ...leaf(parts), ...tls12, ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }),
  },
  {
    name: 'reset',
    title: 'A server that resets the connection at the ClientHello',
    lookAt: 'who closed, and how: RST',
    make: resettingServer,
  },
  {
    name: 'closes',
    title: 'A server that closes the connection at the ClientHello',
    lookAt: 'who closed, and how: FIN without an alert',
    make: closingServer,
  },
  {
    name: 'not-tls',
    title: 'A server that speaks plain HTTP where TLS is expected',
    lookAt: 'the first bytes from the server, which read HTTP/1.1 400',
    make: parts => plainServer(parts.site),
  },
  {
    name: 'garbage',
    title: 'A server that answers with nonsense in a TLS record',
    lookAt: 'the record that cannot be decoded, and the alert that answers it',
    make: garbageServer,
  },
]
