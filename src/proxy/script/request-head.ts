import type { Target } from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { parseAuthority } from '../entrance/authority.ts'
import { fieldsOf } from './raw-fields.ts'

/**
 * For the proxy alone, as its password is (RFC 9110 11.7.2), or for a conversation that it does not lead on: of the
 * protocols to upgrade to, only WebSocket is.
 */
const notForServer = new Set(['proxy-authorization', 'proxy-connection', 'keep-alive', 'upgrade', 'http2-settings'])
const kept = ['close', 'keep-alive']

/**
 * The raw head of a plain request as its server gets it, names and order kept: without what is meant for one hop
 * (RFC 9110 7.6.1), and with the Host of the target, whatever the client wrote there (RFC 9112 3.2.2).
 */
export function headForServer(raw: readonly string[], target: Target): string[] {
  const fields = fieldsOf(raw)
  const toWebSocket = asksForWebSocket(raw)
  const forServer = new Set(toWebSocket ? [...kept, 'upgrade'] : kept)
  const isKept = (token: string): boolean => forServer.has(token.toLowerCase())
  const oneHop = new Set(notForServer)
  for (const [name, value] of fields)
    if (isConnection(name)) for (const token of tokensOf(value)) oneHop.add(token.toLowerCase())
  if (toWebSocket) oneHop.delete('upgrade')
  const head: string[] = []
  let hosts = 0
  for (const [name, value] of fields) {
    if (name.toLowerCase() === 'host') {
      if (hosts++ === 0) head.push(name, isOf(value, target) ? value : authorityOf(target))
    } else if (isConnection(name)) {
      const left = tokensOf(value).filter(isKept)
      if (left.length > 0) head.push(name, left.join(', '))
    } else if (!oneHop.has(name.toLowerCase())) head.push(name, value)
  }
  return hosts > 0 ? head : ['Host', authorityOf(target), ...head]
}

/** Methods to which Node’s client adds no framing where the request has none. */
const withoutBody = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])

/** A POST may do without any framing, which means no body (RFC 9112 6.3); Node would call it chunked. */
export function framed(method: string, head: readonly string[]): readonly string[] {
  return withoutBody.has(method) || hasFraming(head) ? head : [...head, 'Content-Length', '0']
}

/** Whether a body is announced (RFC 9112 6). */
export const hasFraming = (head: readonly string[]): boolean =>
  fieldsOf(head).some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name))

/** The one protocol that is led on when it is asked for (RFC 6455 4.1). */
export const asksForWebSocket = (raw: readonly string[]): boolean =>
  fieldsOf(raw).some(([name, value]) => /^upgrade$/i.test(name) && /^websocket$/i.test(value))

const isConnection = (name: string): boolean => name.toLowerCase() === 'connection'

const tokensOf = (value: string): string[] =>
  value
    .split(',')
    .map(token => token.trim())
    .filter(token => token !== '')

const defaultPort = 80

function isOf(value: string, target: Target): boolean {
  const named = parseAuthority(value, defaultPort)
  return named?.host === target.host && named.port === target.port
}

const authorityOf = (target: Target): string =>
  target.port === defaultPort ? hostAndPort(target).replace(/:80$/, '') : hostAndPort(target)
