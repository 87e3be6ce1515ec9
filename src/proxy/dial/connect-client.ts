import type { Target } from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { connectRefused } from '../../problem/from-other-proxy.ts'
import { readResponseHead } from '../../wire/http1/start-line.ts'
import { DialError } from './dial.ts'
import { basic, type OtherProxy } from './other-proxy.ts'
import type { LengthOf, ProxyTalk } from './proxy-talk.ts'

/** Asks an HTTP proxy for a tunnel (RFC 9110 9.3.6). Throws DialError. */
export async function askForTunnel(talk: ProxyTalk, proxy: OtherProxy, target: Target): Promise<void> {
  const where = hostAndPort(target)
  const credentials = proxy.credentials ? `Proxy-Authorization: ${basic(proxy.credentials)}\r\n` : ''
  let head = await talk.ask(
    Buffer.from(`CONNECT ${where} HTTP/1.1\r\nHost: ${where}\r\n${credentials}\r\n`),
    headLength,
  )
  while (statusOf(head) < 200) head = await talk.hear(headLength) // RFC 9110 15.2; each is bounded, and so is the time
  const status = statusOf(head)
  if (status >= 300) throw new DialError(connectRefused(proxy, status, reasonOf(head)))
}

const textOf = (head: Buffer): string => head.toString('latin1')
const statusOf = (head: Buffer): number => readResponseHead(textOf(head))?.status ?? 0
const reasonOf = (head: Buffer): string => /^\S+ \d+ ?([^\r\n]{0,200})/.exec(textOf(head))?.[1] ?? ''

/** A whole response head (RFC 9112 2.1). Old proxies end lines with LF alone. */
export const headLength: LengthOf = bytes => {
  const begun = bytes.toString('latin1', 0, 5)
  if (!'HTTP/'.startsWith(begun)) throw new Error('no HTTP')
  const end = /\r?\n\r?\n/.exec(textOf(bytes))
  if (!end) return undefined
  const length = end.index + end[0].length
  if (!readResponseHead(textOf(bytes.subarray(0, length)))) throw new Error('no HTTP')
  return length
}
