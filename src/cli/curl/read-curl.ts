import type { Header } from '../../model/exchange.ts'
import { type CurlMeaning, curlOptions } from './curl-options.ts'
import { type FormPart, formBody, formPart } from './form-body.ts'
import { PasteError, shellWords } from './shell-words.ts'

/** The request that a curl command would send. Texts are bytes (latin1). */
export interface CurlRequest {
  readonly method: string
  readonly url: string
  /** Without Host. */
  readonly headers: readonly Header[]
  readonly body: Uint8Array
  /** Absent: as the server likes. */
  readonly version?: 'http1' | 'http2'
  /** Options that say how it is sent, and are not followed. */
  readonly notFollowed: readonly string[]
}

/** What the words said so far. */
interface Said {
  url?: string
  method?: string
  readonly headers: string[]
  readonly data: string[]
  readonly parts: FormPart[]
  readonly flags: Set<CurlMeaning>
  readonly fields: Header[]
  readonly notFollowed: string[]
}

/** Reads a pasted command. Throws PasteError with the place of what cannot be read or sent. */
export function readCurl(text: string): CurlRequest {
  const [command, ...words] = shellWords(text)
  if (!command || !/(^|[\\/])curl(\.exe)?$/.test(command)) throw new PasteError('the first word is not curl')
  const said: Said = { headers: [], data: [], parts: [], flags: new Set(), fields: [], notFollowed: [] }
  for (let at = 0; at < words.length; ) at = takeWord(said, words, at)
  return requestOf(said)
}

/** Takes the word, with what belongs to it, and answers where the next stands. */
function takeWord(said: Said, words: readonly string[], at: number): number {
  const word = words[at]!
  if (word === '--' || !word.startsWith('-') || word === '-') {
    if (word !== '--') takeUrl(said, word, at)
    return at + 1
  }
  if (word.startsWith('--')) return takeOption(said, word, words[at + 1], at) ? at + 2 : at + 1
  for (let i = 1; i < word.length; i++) {
    const rest = word.slice(i + 1)
    const next = rest === '' ? words[at + 1] : rest
    if (takeOption(said, `-${word[i]}`, next, at)) return rest === '' ? at + 2 : at + 1
  }
  return at + 1
}

const fail = (at: number, name: string, what: string): never => {
  throw new PasteError(`word ${at + 2} (${name}): ${what}`)
}

/** Whether the option has taken the word behind it. */
function takeOption(said: Said, name: string, value: string | undefined, at: number): boolean {
  const option = curlOptions.get(name) ?? fail(at, name, 'Parley does not know this option')
  if (option.takes && value === undefined) fail(at, name, 'a value must follow')
  if (option.meaning === 'refused') fail(at, name, 'Parley cannot send that')
  if (option.meaning === 'not-followed') said.notFollowed.push(name)
  else if (option.takes) takeValue(said, option.meaning, value!, at, name)
  else said.flags.add(option.meaning)
  return option.takes
}

function takeValue(said: Said, meaning: CurlMeaning, value: string, at: number, name: string): void {
  const breaks = /[\r\n\0]/.exec(value)
  if (breaks && breaking.has(meaning)) fail(at, name, `it has a line end or NUL as its character ${breaks.index + 1}`)
  const file = (): never => fail(at, name, 'no file is read; give its content')
  if (meaning === 'request') said.method = value
  else if (meaning === 'url') takeUrl(said, value, at)
  else if (meaning === 'header') value.startsWith('@') ? file() : said.headers.push(value)
  else if (meaning === 'data' && value.startsWith('@')) file()
  else if (meaning === 'data' || meaning === 'data-raw') said.data.push(value)
  else if (meaning === 'data-urlencode') said.data.push(urlEncoded(value) ?? file())
  else if (meaning === 'json') {
    if (value.startsWith('@')) file()
    said.flags.add('json')
    said.data.push(value)
  } else if (meaning === 'form') said.parts.push(formPart(value) ?? file())
  else if (meaning === 'form-string') said.parts.push(formPart(value, true) ?? file())
  else if (meaning === 'user')
    said.fields.push(['Authorization', `Basic ${Buffer.from(value, 'latin1').toString('base64')}`])
  else if (meaning === 'bearer') said.fields.push(['Authorization', `Bearer ${value}`])
  else if (meaning === 'cookie') value.includes('=') ? said.fields.push(['Cookie', value]) : file()
  else if (meaning === 'user-agent') said.fields.push(['User-Agent', value])
  else if (meaning === 'referer') said.fields.push(['Referer', value.replace(/;auto$/, '')])
}

/** Whose values stand in the head. */
const breaking: ReadonlySet<CurlMeaning> = new Set([
  'request',
  'url',
  'header',
  'cookie',
  'user-agent',
  'referer',
  'bearer',
])

function takeUrl(said: Said, url: string, at: number): void {
  if (/[\r\n\0]/.test(url)) fail(at, 'URL', 'it has a line end or NUL')
  if (said.url !== undefined) fail(at, url.slice(0, 60), 'it is a second URL; one request is sent')
  said.url = url
}

/** `content`, `=content`, `name=content`: the content percent-encoded; undefined for a file. */
function urlEncoded(value: string): string | undefined {
  const equals = value.indexOf('=')
  if (equals < 0) return value.includes('@') ? undefined : percent(value)
  const name = value.slice(0, equals)
  return name === '' ? percent(value.slice(1)) : `${name}=${percent(value.slice(equals + 1))}`
}

const percent = (bytes: string): string =>
  bytes.replace(/[^\w.~-]/g, byte => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

function requestOf(said: Said): CurlRequest {
  const { flags, data, parts, notFollowed } = said
  if (said.url === undefined || said.url === '') throw new PasteError('there is no URL')
  const form = parts.length > 0 ? formBody(parts) : undefined
  const text = data.join(flags.has('json') ? '' : '&')
  const inUrl = flags.has('get') && data.length > 0
  const body = form?.body ?? Buffer.from(inUrl ? '' : text, 'latin1')
  const type = form?.type ?? (data.length === 0 || inUrl ? undefined : flags.has('json') ? 'application/json' : ofForm)
  const implied = flags.has('head') ? 'HEAD' : form || (data.length > 0 && !inUrl) ? 'POST' : 'GET'
  return {
    method: said.method ?? implied,
    url: inUrl ? withQuery(said.url, text) : said.url,
    headers: headersOf(said, type),
    body,
    ...(flags.has('http1') && { version: 'http1' as const }),
    ...(flags.has('http2') && { version: 'http2' as const }),
    notFollowed,
  }
}

const ofForm = 'application/x-www-form-urlencoded'

function withQuery(url: string, query: string): string {
  const [before = '', ...fragment] = url.split('#')
  const joined = `${before}${before.includes('?') ? '&' : '?'}${query}`
  return [joined, ...fragment].join('#')
}

/** Those that curl would send, in its order; a typed one takes the place of curl's own, and `NAME:` takes it out. */
function headersOf({ headers, fields, flags }: Said, type: string | undefined): readonly Header[] {
  const typed = headers.map(readHeader)
  const isTyped = (name: string): boolean => typed.some(([other]) => other.toLowerCase() === name.toLowerCase())
  const own: Header[] = [
    ...fields.filter(([name]) => name === 'Authorization'),
    fields.findLast(([name]) => name === 'User-Agent') ?? ['User-Agent', 'parley'],
    ['Accept', flags.has('json') ? 'application/json' : '*/*'],
    ...fields.filter(([name]) => name === 'Referer'),
    ...(flags.has('compressed') ? [['Accept-Encoding', 'gzip, deflate, br, zstd'] as const] : []),
    ...joinedCookies(fields),
  ]
  const content: Header[] = type === undefined ? [] : [['Content-Type', type]]
  const kept = (field: Header): boolean => !isTyped(field[0]) && field[1] !== ''
  return [
    ...own.filter(kept),
    ...typed.filter(([, value]) => value !== undefined).map(field => field as Header),
    ...content.filter(kept),
  ]
}

function joinedCookies(fields: readonly Header[]): readonly Header[] {
  const cookies = fields.filter(([name]) => name === 'Cookie').map(([, value]) => value)
  return cookies.length > 0 ? [['Cookie', cookies.join('; ')]] : []
}

/** `Name: value`; `Name;` is one without a value, `Name:` none at all. */
function readHeader(line: string): readonly [string, string | undefined] {
  const colon = line.indexOf(':')
  if (colon < 0) {
    if (line.endsWith(';')) return [line.slice(0, -1), '']
    throw new PasteError(`-H ${JSON.stringify(line.slice(0, 60))} is not NAME: VALUE`)
  }
  const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')
  return [line.slice(0, colon), value === '' ? undefined : value]
}
