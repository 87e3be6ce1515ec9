import type { Target, Via } from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { basic, type OtherProxy, viaOf } from './other-proxy.ts'

/** An HTTP proxy that is asked for what is at a server, in the server's place. */
export interface AskedProxy {
  readonly via: Via
  /** Makes of the head of a request to the server, latin1, the one to the proxy. */
  headFor(head: string): string
}

/** In absolute form (RFC 9112 3.2.2), with what the proxy asks of its clients. Every other line stays byte for byte. */
export function askedProxy(proxy: OtherProxy, target: Target): AskedProxy {
  const authority = target.port === 80 ? hostAndPort(target).replace(/:80$/, '') : hostAndPort(target)
  const field = proxy.credentials ? `Proxy-Authorization: ${basic(proxy.credentials)}\r\n` : ''
  return {
    via: viaOf(proxy),
    headFor(head) {
      const [, method = '', path = '', rest = '', lines = ''] = /^(\S+) (\S*)([^\n]*\n)(.*)$/s.exec(head) ?? []
      const absolute = `http://${authority}${path === '*' ? '' : path}` // OPTIONS of the server itself (RFC 9112 3.2.4)
      return `${method} ${absolute}${rest}${field}${lines}`
    },
  }
}
