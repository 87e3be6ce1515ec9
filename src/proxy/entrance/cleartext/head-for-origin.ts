import type { Target } from '../../../model/connection.ts'
import { hostAndPort } from '../../../model/host-and-port.ts'
import { parseAuthority } from '../authority.ts'
import type { RequestTarget } from './request-target.ts'

/** Fields that a client writes to its proxy (RFC 9110 11.7.2; Proxy-Connection is what old clients invented). */
const forProxy = /^(?:proxy-authorization|proxy-connection)[ \t]*:/i
const hostField = /^(host[ \t]*:[ \t]*)([^\r\n]*?)([ \t]*\r?\n)$/i

/**
 * A request head in absolute form as its origin gets it: the target in origin form (RFC 9112 3.2.1), without the fields
 * that are the proxy's, and with the Host of the target, whatever the client wrote there (RFC 9112 3.2.2). Every other
 * line stays byte for byte. `text` is latin1, its empty line included.
 */
export function headForOrigin(text: string, asked: RequestTarget): string {
  const [first = '', ...lines] = linesOf(text)
  const method = first.slice(0, first.indexOf(' '))
  const version = first.slice(first.trimEnd().lastIndexOf(' '))
  const kept: string[] = []
  let dropping = false
  for (const line of lines) {
    dropping = isFolded(line) ? dropping : forProxy.test(line)
    if (!dropping) kept.push(withHost(line, asked.target))
  }
  return `${method} ${asked.path}${version}${kept.join('')}`
}

/** Whether two heads differ in more than their first line. */
export const changesFields = (text: string, sent: string): boolean =>
  text.slice(text.indexOf('\n')) !== sent.slice(sent.indexOf('\n'))

/** Each with its line end. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n/g) ?? [text]

const isFolded = (line: string): boolean => line.startsWith(' ') || line.startsWith('\t')

function withHost(line: string, target: Target): string {
  const [, name, value, end] = hostField.exec(line) ?? []
  return name === undefined || isOf(value ?? '', target) ? line : `${name}${authorityOf(target)}${end}`
}

const defaultPort = 80

function isOf(value: string, target: Target): boolean {
  const named = parseAuthority(value, defaultPort)
  return named?.host === target.host && named.port === target.port
}

const authorityOf = (target: Target): string =>
  target.port === defaultPort ? hostAndPort(target).replace(/:80$/, '') : hostAndPort(target)
