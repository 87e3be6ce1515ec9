import type { Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'
import { base64, hasHeader, joinedHeaders, mostInlineBytes } from './request.ts'
import { uriOf } from './uri.ts'

/** A call of Invoke-WebRequest, for PowerShell 7. */
export const powershell: CopyFormat = {
  key: 'powershell',
  name: 'PowerShell (Invoke-WebRequest)',
  side: 'request',
  copy(exchange, body) {
    const { method, version } = exchange.request.head
    const headers = joinedHeaders(exchange)
    const words = [
      `Invoke-WebRequest -Uri ${literal(uriOf(exchange))}`,
      known.has(method) ? `-Method ${method}` : `-CustomMethod ${literal(method)}`,
      ...(version === 'HTTP/2' ? ['-HttpVersion 2.0'] : []),
      ...headers.flatMap(ownOption),
      ...headerTable(headers.filter(header => ownOption(header).length === 0)),
      // PowerShell would say that any body is a form.
      ...(body.length === 0 ? [] : [`-Body ${bodyOf(body)}`]),
      ...(body.length > 0 && !hasHeader(headers, 'content-type') ? ["-ContentType ''"] : []),
      '-SkipHeaderValidation -SkipHttpErrorCheck -MaximumRedirection 0',
    ]
    const saved =
      body.length > mostInlineBytes ? `# save the body (${body.length} bytes) as request-body.bin first\n` : ''
    return `${saved}${words.join(' `\n  ')}`
  },
}

const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'OPTIONS', 'MERGE', 'PATCH'])

/** What it takes as options, and not among the headers. */
function ownOption([name, value]: Header): readonly string[] {
  const key = name.toLowerCase()
  if (key === 'content-type') return [`-ContentType ${literal(value)}`]
  return key === 'user-agent' ? [`-UserAgent ${literal(value)}`] : []
}

const headerTable = (headers: readonly Header[]): readonly string[] =>
  headers.length === 0
    ? []
    : [`-Headers @{ ${headers.map(([name, value]) => `${literal(name)} = ${literal(value)}`).join('; ')} }`]

function bodyOf(body: Uint8Array): string {
  if (body.length > mostInlineBytes) return "([IO.File]::ReadAllBytes((Resolve-Path 'request-body.bin')))"
  const latin1 = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')
  return /^[\x20-\x7e]*$/.test(latin1) ? literal(latin1) : `([Convert]::FromBase64String('${base64(body)}'))`
}

/** In single quotes nothing counts but the quote; what does not show, and quotes of other scripts, stand as their numbers. */
function literal(latin1: string): string {
  const pieces = latin1.split(/([^\x20-\x7e]+)/).map((piece, i) => (i % 2 === 0 ? quoted(piece) : numbers(piece)))
  const filled = pieces.filter((piece, i) => piece !== "''" || (i === 0 && pieces.length === 1) || i === 0)
  return filled.length === 1 ? filled[0]! : `(${filled.join(' + ')})`
}

const quoted = (ascii: string): string => `'${ascii.replaceAll("'", "''")}'`

const numbers = (text: string): string =>
  [...text].map(character => `[char]0x${character.charCodeAt(0).toString(16).padStart(2, '0')}`).join(' + ')
