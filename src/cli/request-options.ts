import type { Header } from '../model/exchange.ts'
import { isHostLess } from '../model/host-less.ts'
import { CliError, usageExitCode } from './fail.ts'
import { readBounded } from './read-bounded.ts'

/** A request as a person types it. */
export interface TypedRequest {
  readonly url: string
  readonly request?: string | undefined
  /** `NAME: VALUE` */
  readonly header: readonly string[]
  /** `@file` reads it from a file. */
  readonly data?: string | undefined
}

export interface Request {
  readonly url: URL
  readonly method: string
  readonly headers: readonly Header[]
  readonly body?: string | Buffer
}

const token = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/ // RFC 9110 5.6.2

/** Checks what can be checked before anything is dialled. Throws CliError with exit code 2. */
export function readRequest({ url: text, request, header, data }: TypedRequest): Request {
  const { url, credentials } = readUrl(text)
  if (request !== undefined && !token.test(request))
    throw new CliError(`--request: ${request} is not a method`, usageExitCode)
  const typed = header.map(readHeader)
  const authorized = credentials === undefined || typed.some(([name]) => name.toLowerCase() === 'authorization')
  return {
    url,
    method: request ?? (data === undefined ? 'GET' : 'POST'),
    headers: [...(authorized ? [] : [['authorization', credentials] as const]), ...typed],
    ...(data === undefined ? {} : { body: readData(data) }),
  }
}

/** The URL without `user:password@`, and these as the header that they stand for (RFC 7617). */
function readUrl(text: string): { readonly url: URL; readonly credentials?: string } {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || isHostLess(text) || !/^https?:$/.test(url.protocol))
    throw new CliError(`${text} is not an http or https URL`, usageExitCode)
  const { username, password } = url
  if (username === '' && password === '') return { url }
  url.username = url.password = ''
  const pair = [username, password].map(percentDecoded).join(':')
  return { url, credentials: `Basic ${Buffer.from(pair).toString('base64')}` }
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a % that stands for itself
  }
}

function readHeader(line: string): Header {
  const at = line.indexOf(':')
  if (at < 1) throw new CliError(`--header: ${line} is not NAME: VALUE`, usageExitCode)
  const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  if (!token.test(name)) throw new CliError(`--header: ${name} is not a header name`, usageExitCode)
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(value))
    throw new CliError(`--header: the value of ${name} contains a control character`, usageExitCode)
  return [name, Buffer.from(value).toString('latin1')]
}

const mostData = 1024 ** 3

function readData(data: string): string | Buffer {
  if (!data.startsWith('@')) return data
  try {
    return readBounded(data.slice(1), mostData)
  } catch (error) {
    throw new CliError(
      `--data: ${data.slice(1)} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      usageExitCode,
    )
  }
}
