import type { Header, RequestHead, ResponseHead } from '../../../../model/exchange.ts'
import { checkField, checkRequestHead, checkResponseHead } from '../../../../rules/check-head.ts'
import { notIndexed, shortest } from '../../../../wire/http2/hpack/way.ts'
import { finderIn } from './field-finder.ts'
import type { FieldBlock } from './field-path.ts'

const isPseudo = (name: string): boolean => name.charCodeAt(0) === 58

/** The pseudo-headers that a head's own members stand for. */
const ofRequest = { ':method': 'method', ':scheme': 'scheme', ':authority': 'authority', ':path': 'path' } as const

/**
 * The fields of a request that an edit asks for, the pseudo-headers first (RFC 9113 8.3). What a member of the head says
 * otherwise than before counts more than its pseudo-header. A text where it may not be sent.
 */
export function editedRequest(before: RequestHead, after: RequestHead): readonly Header[] | string {
  const headers = newFields(before.headers, after.headers)
  const same = (Object.values(ofRequest) as (keyof RequestHead)[]).every(member => after[member] === before[member])
  const wrong = same ? fieldsFlaw(headers) : checkRequestHead({ ...after, version: 'HTTP/2', headers })
  if (wrong) return wrong
  return ordered(
    after.headers,
    name => {
      const member = ofRequest[name as keyof typeof ofRequest]
      return member && after[member] !== before[member] ? after[member] : undefined
    },
    before.headers,
  )
}

/** As `editedRequest`; the status is a final one. */
export function editedResponse(before: ResponseHead, after: ResponseHead): readonly Header[] | string {
  const headers = newFields(before.headers, after.headers)
  const same = after.status === before.status
  const wrong = same ? fieldsFlaw(headers) : checkResponseHead({ ...after, reason: '', version: 'HTTP/2', headers })
  if (wrong) return wrong
  if (!same && after.status < 200) return `the status ${after.status} is no final one`
  const status = after.status === before.status ? undefined : String(after.status)
  return ordered(after.headers, name => (name === ':status' ? status : undefined), before.headers)
}

/** What its sender wrote is its own business. */
function newFields(before: readonly Header[], after: readonly Header[]): readonly Header[] {
  const finder = finderIn(before)
  let from = 0
  return after.filter(line => {
    const at = finder.line(line, from)
    if (at >= 0) from = at + 1
    return at < 0
  })
}

function fieldsFlaw(headers: readonly Header[]): string | undefined {
  for (const [name, value] of headers) {
    const wrong = checkField(name, value, true)
    if (wrong) return wrong
  }
  return undefined
}

function ordered(
  headers: readonly Header[],
  changed: (name: string) => string | undefined,
  before: readonly Header[],
): readonly Header[] | string {
  const pseudo: Header[] = []
  const fields: Header[] = []
  const take = (header: Header): void => {
    const [name] = header
    if (pseudo.some(([known]) => known === name)) return
    const value = changed(name)
    pseudo.push(value === undefined || value === header[1] ? header : [name, value])
  }
  for (const header of headers) {
    if (isPseudo(header[0])) take(header)
    else fields.push(header)
  }
  for (const header of before) if (isPseudo(header[0])) take(header)
  const stray = pseudo.find(([name]) => !before.some(([known]) => known === name))
  if (stray) return `the pseudo-header ${JSON.stringify(stray[0])} was not in the message`
  pseudo.push(...fields)
  return pseudo
}

/** Fields in the ways that they had; those of another value as others of their name, new ones not indexed. */
export function inTheirWays(before: FieldBlock, fields: readonly Header[]): FieldBlock {
  const ways = new Uint8Array(fields.length)
  const finder = finderIn(before.fields)
  let from = 0
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!
    const at = finder.line(field, from)
    if (at >= 0) from = at + 1
    const alike = at >= 0 ? at : finder.name(field[0])
    // a new value is no entry that is worth its place; one that may never be indexed stays so
    ways[i] =
      at >= 0 ? before.ways[at]! : alike >= 0 && (before.ways[alike]! & 3) === 3 ? 3 | shortest : notIndexed | shortest
  }
  return { fields, ways }
}

/** The fields with this content-length; as they are where none is there. */
export const withLength = (fields: readonly Header[], length: string | undefined): readonly Header[] =>
  fields.flatMap((line): readonly Header[] => {
    if (line[0] !== 'content-length') return [line]
    return length === undefined ? [] : [line[1] === length ? line : [line[0], length]]
  })

export const lengthOf = (fields: readonly Header[]): string | undefined =>
  fields.find(([name]) => name === 'content-length')?.[1]
