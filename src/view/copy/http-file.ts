import type { Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'
import { bodyText, mostInlineBytes, sentHeaders } from './request.ts'
import { uriOf } from './uri.ts'

/** A request of a `.http` file, as the REST clients of VS Code, JetBrains and Visual Studio read it. */
export const httpFile: CopyFormat = {
  key: 'http',
  name: 'request of a .http file',
  side: 'request',
  copy(exchange, body) {
    const { method, version } = exchange.request.head
    const headers = sentHeaders(exchange)
    const lines = [
      `### flow ${exchange.id}`,
      ...headers.filter(header => !fits(header)).map(([name]) => `# without ${name}: its value cannot be written here`),
      ...(isWritten(body) ? [] : [`# save the body (${body.length} bytes) as request-body-${exchange.id}.bin first`]),
      `${methodOf(method)} ${uriOf(exchange)} ${version === 'HTTP/2' ? 'HTTP/2' : 'HTTP/1.1'}`,
      ...headers.filter(fits).map(([name, value]) => `${name}: ${value}`),
      ...bodyLines(exchange.id, body),
    ]
    return `${lines.join('\n')}\n`
  },
}

/** What is no token (RFC 9110 5.6.2) would be read as something else. */
const methodOf = (method: string): string => (/^[A-Za-z-]{1,64}$/.test(method) ? method : 'GET')

/** A variable would be put in its place, and what does not show may be anything. */
const fits = ([, value]: Header): boolean => /^[\x20-\x7e]*$/.test(value) && !value.includes('{{')

/** Lines that begin another request, a file or a script; variables; line ends that would change; what does not show. */
const misread = /^###|^[<>]|^# |^\/\/|\{\{|\r|[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/mu

const isWritten = (body: Uint8Array): boolean => {
  const text = body.length > mostInlineBytes ? undefined : bodyText(body)
  return text !== undefined && !misread.test(text) && text.trim() === text
}

function bodyLines(id: number, body: Uint8Array): readonly string[] {
  if (body.length === 0) return []
  return ['', isWritten(body) ? bodyText(body)! : `< ./request-body-${id}.bin`]
}
