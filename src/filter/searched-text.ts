import type { Exchange, Side } from '../model/exchange.ts'
import { clean } from './flow.ts'

/** The content types of assets, as regular expression. */
export const assetTypes = '^(text/javascript|application/(x-)?javascript|text/css|image/|font/|application/font)'

/** `address:port`, the way `~src` and `~dst` see it. */
export const endpointText = (endpoint: { address: string; port: number } | undefined): string | undefined =>
  endpoint && `${endpoint.address}:${endpoint.port}`

/** Header lines `name: value` of one side. */
export const headerLines = (exchange: Exchange | undefined, side: Side): string[] =>
  (exchange?.[side]?.head.headers ?? []).map(([name, value]) => `${name}: ${value}`)

/** What acted on an exchange, by name or as the rule was written. */
export const rulesOf = (exchange: Exchange | undefined): string[] => (exchange?.acts ?? []).map(({ by }) => clean(by))

/** How much of a body filters look at, or of a WebSocket's messages. */
export const searchedBody = 1024 * 1024

/** Bytes as the pattern sees them: one character each, so that binary can be asked for, unless it needs more than ASCII. */
export const searchedText = (bytes: Uint8Array, pattern: string): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(/[^\0-\x7f]/.test(pattern) ? 'utf8' : 'latin1')
