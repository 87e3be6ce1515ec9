import { request as httpRequest } from 'node:http'
import { isIP, type Socket, connect as tcpConnect } from 'node:net'
import { DEFAULT_CIPHERS, connect as tlsConnect } from 'node:tls'
import { ClientFailure, codeOf, isTlsCode } from './client-failure.ts'
import { factsOf } from './client-tls-facts.ts'
import type { ConnectOptions, Stage, TlsChoices, TlsFacts } from './client-types.ts'

/** One connection to a server while it opens and lives; a failure leaves the facts that came before it. */
export class Line {
  readonly startedAt = now()
  stage: Stage
  connectedAt?: number
  tunnelledAt?: number
  securedAt?: number
  connectStatus?: number
  tls?: TlsFacts
  session?: Buffer
  /** The first thing that OpenSSL had to say. */
  tlsError?: Error
  socket?: Socket
  #tcp?: Socket

  constructor(options: ConnectOptions) {
    this.stage = options.proxy ? 'proxy' : 'connect'
  }

  /** TCP, CONNECT where there is a proxy, TLS where the URL says so. `socket` is then ready for HTTP. */
  async open(url: URL, options: ConnectOptions): Promise<void> {
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    const host = bare(url.hostname)
    const to = options.proxy ?? { host: options.addresses?.get(host) ?? host, port }
    this.socket = this.#tcp = await this.#dial(to)
    if (url.protocol === 'https:') {
      if (options.proxy) await this.#tunnel(this.#tcp, `${url.hostname}:${port}`)
      await this.#secure(this.#tcp, host, options)
    }
    this.stage = 'http'
  }

  /** Says goodbye with close_notify and FIN where `gently`, and has no open socket once it resolves. */
  async close(gently: boolean): Promise<void> {
    const { socket } = this
    if (gently && socket && !socket.destroyed) await goodbye(socket)
    socket?.destroy()
    this.#tcp?.destroy()
  }

  #dial(to: { readonly host: string; readonly port: number }): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = tcpConnect({ host: to.host, port: to.port, noDelay: true })
      this.#tcp = socket
      socket.on('error', reject) // stays, so that no later error goes unheard
      socket.once('connect', () => {
        this.connectedAt = now()
        resolve(socket)
      })
    })
  }

  #tunnel(socket: Socket, authority: string): Promise<void> {
    this.stage = 'connect'
    return new Promise((resolve, reject) => {
      const headers = { Host: authority }
      const request = httpRequest({ method: 'CONNECT', path: authority, headers, createConnection: () => socket })
      request.on('error', reject)
      request.once('connect', (response, _, head) => {
        const { statusCode = 0, statusMessage = '' } = response
        this.tunnelledAt = now()
        this.connectStatus = statusCode
        if (head.length > 0) socket.unshift(head)
        if (statusCode >= 200 && statusCode < 300) resolve()
        else
          reject(new ClientFailure('CONNECT_REFUSED', `the proxy answered CONNECT with ${statusCode} ${statusMessage}`))
      })
      request.end()
    })
  }

  #secure(tcp: Socket, host: string, options: ConnectOptions): Promise<void> {
    this.stage = 'tls'
    const { ca, alpn = ['h2', 'http/1.1'], tls: choices = {} } = options
    const name = choices.servername ?? host
    return new Promise((resolve, reject) => {
      const socket = tlsConnect({
        ...oldCiphers(choices),
        ...choices,
        socket: tcp,
        host,
        servername: isIP(name) ? '' : name,
        ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
        ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
        rejectUnauthorized: false, // judged below, so that the certificates are known when they are refused
      })
      this.socket = socket
      const closed = () => reject(new ClientFailure('CLOSED', 'closed during the TLS handshake'))
      tcp.once('close', closed)
      socket.once('close', closed)
      socket.on('session', session => {
        this.session = session
      })
      socket.on('error', error => {
        if (isTlsCode(codeOf(error))) this.tlsError ??= error
        reject(error)
      })
      socket.once('secureConnect', () => {
        this.securedAt = now()
        this.tls = factsOf(socket)
        const { authorizationError: why } = this.tls
        if (why === undefined || options.insecure) resolve()
        else reject(new ClientFailure(why, `the certificate was not accepted: ${why}`))
      })
    })
  }
}

export const now = () => performance.timeOrigin + performance.now()

/** OpenSSL offers no TLS 1.0 and 1.1 above security level 0: they sign with SHA-1. */
const oldCiphers = ({ minVersion }: TlsChoices) =>
  minVersion === 'TLSv1' || minVersion === 'TLSv1.1' ? { ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` } : {}

/** `[::1]` without its brackets. */
const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

const patience = 500 // ms for the peer's FIN

function goodbye(socket: Socket): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, patience)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.resume()
    socket.end()
  })
}
