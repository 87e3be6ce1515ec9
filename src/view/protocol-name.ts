import { trustCheck } from '../model/connection.ts'

/** Protocol and TLS version of a leg in short: `h2 1.3`, `h1 1.2`, `1.0`. Takes ALPN's and Node's names; not printable yet. */
export const shortLeg = (alpn = '', version = ''): string => `${shortProtocol(alpn)} ${shortVersion(version)}`.trim()

const shortProtocol = (alpn: string): string => alpn.replace(/^http\/1\.1$/, 'h1').replace(/^http\/1\.0$/, 'h1.0')

const shortVersion = (version: string): string => tlsName(version).replace(/^TLS /, '')

/** `TLS 1.3` for Node's `TLSv1.3`, and `TLS 1.0` for its `TLSv1`. */
export const tlsName = (version: string): string => (version === 'TLSv1' ? 'TLS 1.0' : version.replace(/^TLSv/, 'TLS '))

/** Why a connection that did not fail has a row of its own, by its protocol. */
export const whyUnread = (protocol: string): string =>
  Object.hasOwn(reasons, protocol) ? reasons[protocol]! : 'no request in it'

const reasons: Readonly<Record<string, string>> = {
  tls: 'passed through unread',
  opaque: 'no HTTP in it',
  [trustCheck]: 'asked whether this client trusts Parley: no',
}
