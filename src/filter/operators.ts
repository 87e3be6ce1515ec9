import type { FlagName, PatternName, RangeName } from './ast.ts'

/** One `~name` of the language, for the parser, the completion and the help. */
export type Operator = { readonly help: string; readonly values?: readonly string[] } & (
  | { readonly kind: 'flag'; readonly name: FlagName }
  | { readonly kind: 'pattern'; readonly name: PatternName }
  | { readonly kind: 'range'; readonly name: RangeName }
)

const flag = (name: FlagName, help: string): Operator => ({ kind: 'flag', name, help })
const pattern = (name: PatternName, help: string, values: readonly string[] = []): Operator => ({
  kind: 'pattern',
  name,
  help,
  values,
})
const range = (name: RangeName, help: string, values: readonly string[]): Operator => ({
  kind: 'range',
  name,
  help,
  values,
})

/** Names and meanings follow mitmproxy where it has them. */
export const operators: readonly Operator[] = [
  flag('a', 'asset: script, style sheet, image or font'),
  flag('acted', 'acted on: changed, held, slowed or answered by Parley'),
  pattern('all', 'anywhere: URL, headers, bodies, comment; alone, every flow'),
  pattern('alpn', 'protocol agreed by ALPN on either leg', ['h2', 'http/1.1']),
  pattern('b', 'body of request or response, decoded, or WebSocket message'),
  pattern('bq', 'request body, or message to the server'),
  pattern('bs', 'response body, or message to the client'),
  range('c', 'status code', ['2xx', '3xx', '4xx', '5xx', '>=400']),
  flag('cancelled', 'cancelled by the client, which is no failure'),
  pattern('cipher', 'cipher suite agreed on either leg', ['AES_128_GCM', 'AES_256_GCM', 'CHACHA20']),
  pattern('comment', 'a person’s comment'),
  range('conn', 'connection by its number', ['c1']),
  pattern('d', 'host'),
  flag('differs', 'the two TLS legs differ'),
  pattern('dst', 'address and port of the server'),
  range('dur', 'duration', ['>100ms', '>500ms', '>1s']),
  flag('e', 'aborted, or with a problem'),
  flag('failed', 'aborted, or a connection that failed'),
  pattern('group', 'key exchange group on either leg', ['x25519', 'secp256r1', 'X25519MLKEM768']),
  pattern('h', 'header line "name: value" of request or response'),
  pattern('hq', 'request header line'),
  pattern('hs', 'response header line'),
  flag('http', 'HTTP exchanges'),
  pattern('ja4', 'JA4 of either hello'),
  pattern('m', 'method', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'CONNECT']),
  flag('marked', 'marked by a person'),
  pattern('process', 'program that sent it, by name or command line', ['curl', 'chrom', 'node', 'python']),
  pattern('proto', 'protocol', ['h2', 'http/1.1', 'websocket', 'opaque']),
  flag('q', 'request without a response'),
  pattern('rule', 'the rule, breakpoint or replay that acted on it', ['breakpoint', 'replay']),
  flag('s', 'has a response'),
  range('size', 'bytes of both bodies', ['>10k', '>1m']),
  pattern('sni', 'server name in the ClientHello'),
  pattern('src', 'address and port of the client'),
  pattern('t', 'content type of request or response', ['json', 'html', 'javascript', 'css', 'image/']),
  flag('tcp', 'connections shown as such: failed or opaque'),
  pattern('tls', 'TLS version agreed on either leg', ['1.3', '1.2', '1.1']),
  pattern('tq', 'content type of the request'),
  pattern('ts', 'content type of the response'),
  pattern('u', 'URL'),
  flag('websocket', 'WebSocket'),
]

/** mitmproxy's, for things that a Parley capture does not hold. */
export const absentOperators: ReadonlySet<string> = new Set('dns marker meta replay replayq replays udp'.split(' '))

const byName = new Map(operators.map(operator => [operator.name as string, operator]))

export const operatorNamed = (name: string): Operator | undefined => byName.get(name)
