import type { Fault, FaultCode } from '../fault.ts'
import { isToken } from './token.ts'

/** Name and value as they stood on the wire, latin1; the value without the white space around it. */
export type FieldLine = readonly [name: string, value: string]

/** Header or trailer fields, and beside them those that decide how reading goes on. */
export class FieldLines {
  readonly headers: FieldLine[] = []
  /** Not every line stood as `name: value` and CRLF, so that `headers` alone do not give the bytes back. */
  odd = false
  faults: Fault[] | undefined
  host: string | undefined
  hosts = 0
  /** Values of all Content-Length lines, joined by commas. */
  contentLength: string | undefined
  contentLengths = 0
  transferEncoding: string | undefined
  connection: string | undefined
  upgrade: string | undefined

  fault(code: FaultCode): void {
    this.faults ??= []
    if (!this.faults.some(fault => fault.code === code)) this.faults.push({ code })
  }
}

const cr = 13
const isBlank = (code: number): boolean => code === 32 || code === 9

/**
 * Reads field lines from `at` to the empty line or the end of the text (RFC 9112 section 5).
 * Every line is kept; what is wrong with one is a fault. A folded value keeps its line ends.
 */
export function readFieldLines(text: string, at: number): FieldLines {
  const lines = new FieldLines()
  // Found once and kept until passed, so that a text without any costs one search and not one a line.
  let colon = at - 1
  let carriageReturn = at - 1
  if (text.indexOf('\0', at) >= 0) lines.fault('http1/nul')
  for (;;) {
    let lf = text.indexOf('\n', at)
    if (lf < 0) return lines
    let end = lf > at && text.charCodeAt(lf - 1) === cr ? lf - 1 : lf
    if (end === lf) lines.fault('http1/bare-lf')
    if (end === lf) lines.odd = true
    if (end === at) return lines
    const folded = isBlank(text.charCodeAt(lf + 1))
    while (isBlank(text.charCodeAt(lf + 1))) {
      const next = text.indexOf('\n', lf + 1)
      if (next < 0) return lines
      lf = next
      end = text.charCodeAt(lf - 1) === cr ? lf - 1 : lf
    }
    if (folded) lines.fault('http1/obs-fold')
    if (folded) lines.odd = true
    if (carriageReturn < at) carriageReturn = indexOrEnd(text, '\r', at)
    if (carriageReturn < end && hasBareCr(text, carriageReturn, end)) lines.fault('http1/bare-cr')
    if (colon < at) colon = indexOrEnd(text, ':', at)
    addLine(lines, text, at, Math.min(colon, end), end)
    at = lf + 1
  }
}

function indexOrEnd(text: string, what: string, at: number): number {
  const index = text.indexOf(what, at)
  return index < 0 ? text.length : index
}

function hasBareCr(text: string, at: number, end: number): boolean {
  for (; at < end; at++) if (text.charCodeAt(at) === cr && text.charCodeAt(at + 1) !== 10) return true
  return false
}

function addLine(lines: FieldLines, text: string, at: number, colon: number, end: number): void {
  if (isBlank(text.charCodeAt(at)) && lines.headers.length === 0) {
    lines.fault('http1/space-before-first-field')
    lines.odd = true
    return
  }
  if (colon === end) {
    lines.fault('http1/no-colon')
    lines.odd = true
    lines.headers.push([text.slice(at, end), ''])
    return
  }
  let nameEnd = colon
  while (nameEnd > at && isBlank(text.charCodeAt(nameEnd - 1))) nameEnd--
  if (nameEnd !== colon) lines.fault('http1/space-before-colon')
  if (!isToken(text, at, nameEnd)) lines.fault('http1/bad-field-name')
  const value = withoutBlanks(text, colon + 1, end)
  lines.headers.push([text.slice(at, colon), value])
  if (value.length !== end - colon - 2 || text.charCodeAt(colon + 1) !== 32) lines.odd = true
  note(lines, text.slice(at, nameEnd), value)
}

/** A part of the text without the spaces and tabs around it: OWS (RFC 9110 5.6.3), less than what trim() takes away. */
export function withoutBlanks(text: string, from = 0, to = text.length): string {
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  return text.slice(from, to)
}

/** Length first: most names are told apart without lower-casing them. */
function note(lines: FieldLines, name: string, value: string): void {
  switch (name.length) {
    case 4:
      if (name.toLowerCase() !== 'host') return
      lines.hosts++
      lines.host ??= value
      return
    case 7:
      if (name.toLowerCase() === 'upgrade') lines.upgrade = joined(lines.upgrade, value)
      return
    case 10:
      if (name.toLowerCase() === 'connection') lines.connection = joined(lines.connection, value)
      return
    case 14:
      if (name.toLowerCase() !== 'content-length') return
      lines.contentLengths++
      lines.contentLength = joined(lines.contentLength, value)
      return
    case 17:
      if (name.toLowerCase() === 'transfer-encoding') lines.transferEncoding = joined(lines.transferEncoding, value)
  }
}

const joined = (before: string | undefined, value: string): string =>
  before === undefined ? value : `${before},${value}`
