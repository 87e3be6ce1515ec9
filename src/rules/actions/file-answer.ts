import type { Header, RequestHead } from '../../model/exchange.ts'
import { firstValue, valuesOf } from '../head/with-header.ts'
import type { Answer } from '../verdict.ts'
import type { FoundFile } from '../world.ts'
import type { RequestDraft } from './action.ts'

/** A file as the answer to a request: conditions (RFC 9110 13) and one range (RFC 9110 14) are obeyed for GET and HEAD. */
export function fileAnswer({ sent }: RequestDraft, file: FoundFile, type: string): Answer {
  const { size } = file
  const tag = `"${size.toString(16)}-${Math.round(file.modifiedAt).toString(16)}"`
  const modified = new Date(Math.floor(file.modifiedAt / 1000) * 1000)
  const validators: readonly Header[] = [
    ['etag', tag],
    ['last-modified', modified.toUTCString()],
    ['accept-ranges', 'bytes'],
  ]
  const reads = sent.method === 'GET' || sent.method === 'HEAD'
  if (reads && isUnchanged(sent, tag, modified)) return { status: 304, headers: validators, body: new Uint8Array(0) }
  const range = sent.method === 'GET' && mayRange(sent, tag, modified) ? rangeOf(sent, size) : undefined
  if (range === 'none') {
    const headers: readonly Header[] = [...validators, ['content-range', `bytes */${size}`], ['content-length', '0']]
    return { status: 416, headers, body: new Uint8Array(0) }
  }
  const { start, end } = range ?? { start: 0, end: size }
  return {
    status: range ? 206 : 200,
    headers: [
      ['content-type', type],
      ['content-length', String(end - start)],
      ...validators,
      ...(range ? [['content-range', `bytes ${start}-${end - 1}/${size}`] as const] : []),
    ],
    body: sent.method === 'HEAD' ? new Uint8Array(0) : file.read(start, end),
  }
}

/** RFC 9110 13.2.2: If-None-Match counts before If-Modified-Since. */
function isUnchanged(request: RequestHead, tag: string, modified: Date): boolean {
  const tags = valuesOf(request, 'if-none-match')
  if (tags.length > 0) {
    const asked = tags.join(',').split(',')
    return asked.some(each => each.trim() === '*' || each.trim().replace(/^W\//, '') === tag)
  }
  const since = firstValue(request, 'if-modified-since')
  return since !== undefined && modified.getTime() <= Date.parse(since)
}

/** RFC 9110 13.1.5: a range of another state of the file is of no use. */
function mayRange(request: RequestHead, tag: string, modified: Date): boolean {
  const condition = firstValue(request, 'if-range')?.trim()
  return condition === undefined || condition === tag || Date.parse(condition) === modified.getTime()
}

interface Range {
  readonly start: number
  /** Past the last byte. */
  readonly end: number
}

/** Undefined where the whole file is the answer: no range, several, or one that is not understood (RFC 9110 14.2). */
function rangeOf(request: RequestHead, size: number): Range | 'none' | undefined {
  const [, first = '', last = ''] =
    /^bytes[ \t]*=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(firstValue(request, 'range') ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'none' : { start: size - length, end: size }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  return start >= size ? 'none' : { start, end: last === '' ? size : Math.min(Number(last) + 1, size) }
}
