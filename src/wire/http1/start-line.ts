import type { FaultCode } from '../fault.ts'
import { type FieldLines, readFieldLines } from './field-lines.ts'
import { isToken } from './token.ts'

export interface RequestHeadText {
  readonly method: string
  readonly target: string
  readonly version: string
  readonly fields: FieldLines
}

export interface ResponseHeadText {
  readonly status: number
  readonly reason: string
  readonly version: string
  readonly fields: FieldLines
}

/** Reads a whole request head (RFC 9112 section 3); undefined when the first line is not an HTTP/1.x request line. */
export function readRequestHead(text: string): RequestHeadText | undefined {
  const next = text.indexOf('\n') + 1
  const line = firstLine(text, next)
  const afterMethod = line.indexOf(' ')
  const beforeVersion = line.lastIndexOf(' ')
  const version = line.slice(beforeVersion + 1)
  if (afterMethod <= 0 || beforeVersion - afterMethod < 2 || !isVersion(version)) return undefined
  const method = line.slice(0, afterMethod)
  const target = line.slice(afterMethod + 1, beforeVersion)
  if (!isToken(method)) return undefined
  const fields = fieldsAfter(text, next)
  if (!isTarget(target)) fields.fault('http1/bad-request-line')
  return { method, target, version, fields }
}

/** Reads a whole response head (RFC 9112 section 4); undefined when the first line is not an HTTP/1.x status line. */
export function readResponseHead(text: string): ResponseHeadText | undefined {
  const next = text.indexOf('\n') + 1
  const line = firstLine(text, next)
  const version = line.slice(0, 8)
  const status = readStatus(line)
  if (!isVersion(version) || status === undefined) return undefined
  const fields = fieldsAfter(text, next)
  const wrong = reasonFault(line)
  if (wrong) fields.fault(wrong)
  if (line.length === 12) fields.odd = true // not even the space before a reason
  return { status, reason: line.slice(13), version, fields }
}

function fieldsAfter(text: string, next: number): FieldLines {
  const fields = readFieldLines(text, next)
  if (text.charCodeAt(next - 2) !== 13) {
    fields.fault('http1/bare-lf')
    fields.odd = true
  }
  return fields
}

const firstLine = (text: string, next: number): string =>
  text.slice(0, text.charCodeAt(next - 2) === 13 ? next - 2 : next - 1)

const isDigit = (code: number): boolean => code >= 48 && code <= 57

const isVersion = (text: string): boolean =>
  text === 'HTTP/1.1' || (text.length === 8 && text.startsWith('HTTP/1.') && isDigit(text.charCodeAt(7)))

function readStatus(line: string): number | undefined {
  if (line.charCodeAt(8) !== 32 || (line.length > 12 && line.charCodeAt(12) !== 32)) return undefined
  for (let i = 9; i < 12; i++) if (!isDigit(line.charCodeAt(i))) return undefined
  const status = Number(line.slice(9, 12))
  return status >= 100 ? status : undefined
}

/** A carriage return that ends nothing, before all; tabs are allowed (RFC 9112 4). */
function reasonFault(line: string): FaultCode | undefined {
  let fault: FaultCode | undefined
  for (let i = 13; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code === 13) return 'http1/bare-cr'
    if ((code < 32 && code !== 9) || code === 127) fault = 'http1/bad-reason'
  }
  return fault
}

function isTarget(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 32 || code >= 127) return false
  }
  return true
}
