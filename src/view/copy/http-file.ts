import type { Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'
import { bodyText, mostInlineBytes, sentHeaders } from './request.ts'
import { escapeUri, uriOf } from './uri.ts'

/**
 * A request of a `.http` file, as httpyac and the REST clients of VS Code, JetBrains and Visual Studio read it. They are
 * told to send it as it is: no cookies of their own, nothing encoded again, no redirects followed.
 */
export const httpFile: CopyFormat = {
  key: 'http',
  name: 'request of a .http file',
  side: 'request',
  copy(exchange, body) {
    const { method, version } = exchange.request.head
    const headers = sentHeaders(exchange)
    const inline = body.length === 0 || isWritten(body, headers)
    const lines = [
      `### flow ${exchange.id}`,
      '# @no-cookie-jar',
      '# @no-redirect',
      '# @no-auto-encoding',
      ...(isMethod(method) ? [] : ['# as GET: its method cannot be written here']),
      ...headers.filter(header => !fits(header)).map(([name]) => `# without ${name}: it cannot be written here`),
      ...(inline ? [] : [`# save the body (${body.length} bytes) as request-body-${exchange.id}.bin first`]),
      ...(inline || !form.test(typeOf(headers)) ? [] : ['# httpyac sends no form from a file, other clients do']),
      `${isMethod(method) ? method : 'GET'} ${uriOf(exchange)} ${version === 'HTTP/2' ? 'HTTP/2' : 'HTTP/1.1'}`,
      ...headers.filter(fits).map(([name, value]) => `${name}: ${value}`),
      ...(body.length === 0 ? [] : ['', inline ? bodyText(body)! : `< ./request-body-${exchange.id}.bin`]),
    ]
    return `${lines.join('\n')}\n`
  },
}

/** What is no token (RFC 9110 5.6.2) would be read as something else. */
const isMethod = (method: string): boolean => /^[A-Za-z-]{1,64}$/.test(method)

/**
 * A name of other characters may be a comment; a variable would be put in its place; what does not show may be anything;
 * a comma at the end is dropped.
 */
const fits = ([name, value]: Header): boolean =>
  /^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value) && !variable.test(value) && !value.endsWith(',')

/** Or one that httpyac reads as escaped. */
const variable = /\{\\?\{/

/** What a client may change, or what does not show. */
const misread = /\r|[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u

/** How a line begins that is a comment, a separator, a variable, a file, a script, a test, GraphQL or another request. */
const misreadStart = /^(?:#|\/\/|\/\*|@|[<>]|\?\?|```|[A-Z-]{2,}(?:[\s/\d]|$)|(?:query|mutation|fragment|gql|proto)\b)/

/** How one ends, or what it has in it, that parts what is streamed or ends it. */
const misreadParts = /===$|wait-for-server$|<--->/

const isMisread = (line: string): boolean => misreadStart.test(line) || misreadParts.test(line)

/** Types whose lines are joined with others' line ends or get one more. */
const joined = /^multipart\//i
const ended = /^application\/(?:x-)?(?:ndjson|json-?lines|jsonl)/i
const form = /^application\/x-www-form-urlencoded/i

const typeOf = (headers: readonly Header[]): string =>
  headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''

function isWritten(body: Uint8Array, headers: readonly Header[]): boolean {
  const text = body.length > mostInlineBytes ? undefined : bodyText(body)
  if (text === undefined || misread.test(text) || variable.test(text) || text.trim() !== text) return false
  const type = typeOf(headers)
  if (ended.test(type) || (joined.test(type) && text.includes('\n'))) return false
  if (form.test(type) && escapeUri(text) !== text) return false // clients encode what is no URI
  return !text.split('\n').some(line => isMisread(line.trim()))
}
