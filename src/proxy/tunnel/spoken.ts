import type { Problem } from '../../problem/problem.ts'
import { failureFrames, failureResponse } from '../failure-page.ts'
import { http1 } from '../leg/alpn.ts'

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' // RFC 9113 3.4
const telling = 3 // bytes; no method begins with them

/** Which HTTP a client speaks that agreed on none, by ALPN's name, as its first bytes show. Undefined for what is none. */
export function spokenIn(bytes: Buffer): 'h2' | typeof http1 | undefined {
  const first = bytes.toString('latin1', 0, preface.length)
  if (first.length >= telling && preface.startsWith(first)) return 'h2'
  return isRequest(bytes) ? http1 : undefined
}

/** The failure as an answer to these first bytes; undefined where they ask for nothing over HTTP. */
export function answerTo(bytes: Buffer, problem: Problem): Buffer | undefined {
  const protocol = spokenIn(bytes)
  if (protocol === 'h2') return failureFrames(problem)
  return protocol && failureResponse(problem)
}

const longestLook = 8192 // bytes; a line that goes on behind them may still end as one of HTTP

/** RFC 9112 3: a method, a target and a version, as far as the line is there. */
export const isRequest = (bytes: Buffer): boolean =>
  /^[A-Z][A-Z_-]* (?:[^\r\n]* HTTP\/1\.\d\r?\n|[^\r\n]*\r?$)/.test(bytes.toString('latin1', 0, longestLook))
