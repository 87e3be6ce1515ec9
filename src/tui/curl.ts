import type { Exchange, Header } from '../model/exchange.ts'

const mostBody = 64 * 1024
const unwanted = new Set(['content-length', 'connection', 'transfer-encoding', 'proxy-connection', 'host'])

export const urlOf = ({ request }: Exchange): string => {
  const { scheme, authority, path, target } = request.head
  return authority === '' ? target : `${scheme}://${authority}${path}`
}

/** A curl command that sends the request again, safe to paste into a POSIX shell that knows `$'…'`. */
export function curlCommand(exchange: Exchange, body: Uint8Array): string {
  const { method, headers } = exchange.request.head
  const sent = headers.filter(([name]) => !name.startsWith(':') && !unwanted.has(name.toLowerCase()))
  const hostHeader = headers.filter(
    ([name, value]) => name.toLowerCase() === 'host' && value !== exchange.request.head.authority,
  )
  const whole = body.length > 0 && body.length <= mostBody
  const words = [
    'curl',
    ...(method === 'GET' && !whole
      ? []
      : method === 'HEAD'
        ? ['--head']
        : ['-X', quote(Buffer.from(method, 'latin1'))]),
    ...[...hostHeader, ...sent].flatMap(header => ['-H', quote(headerBytes(header))]),
    ...(whole ? ['--data-binary', quote(body)] : []),
    '--',
    quote(Buffer.from(urlOf(exchange), 'latin1')),
  ]
  return words.join(' ')
}

/** curl leaves a header with an empty value out unless it ends in a semicolon. */
const headerBytes = ([name, value]: Header): Uint8Array =>
  Buffer.from(value === '' ? `${name};` : `${name}: ${value}`, 'latin1')

/** The bytes as one word of a shell: plain, in single quotes, or with every unusual byte as an escape. */
export function quote(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-')) return text
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`
  const escaped = text.replace(/[^\x20-\x7e]|['\\]/g, c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `$'${escaped}'`
}
