import type { ProblemCode } from './codes.ts'
import { type Problem, problemOf } from './problem.ts'

const leaveOut = 'Leave this host out of the script’s hosts, to let it pass as it is.'

/** A script of the person's failed; `thrown` is what it threw, `at` where it was asked: `onRequest`. */
export const scriptProblem = (file: string, at: string, thrown: unknown): Problem =>
  problemOf('proxy/script-failed', { detail: `${placeIn(file, thrown)} (${at}): ${whatOf(thrown)}` })

/** `file:line` where the error tells the line. */
export function placeIn(file: string, thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  for (const name of [`${encodeURI(file)}:`, `${file}:`]) {
    const [line] = /^\d+/.exec(stack.split(name)[1] ?? '') ?? []
    if (line) return `${file}:${line}`
  }
  return file
}

/** `TypeError: x is not a function`, in one line. */
export const whatOf = (thrown: unknown): string =>
  (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)).replace(/\s*\n\s*/g, ' ')

/** Where a script runs, Node’s own HTTP reads, and more strictly than Parley does: that is nobody else’s fault. */
export const unreadable = (what: 'request' | 'response', { message, code = '' }: NodeJS.ErrnoException): Problem =>
  problemOf(what === 'request' ? 'proxy/bad-request' : 'http/upstream-failed', {
    blame: 'parley',
    detail: `where a script runs, Parley reads strictly, and cannot read this ${what}: ${message} (${code})`,
    remedy: leaveOut,
  })

const ofAlpn: ReadonlySet<string> = new Set<ProblemCode>(['tls/no-common-alpn', 'http/no-answer'])

/** A server that takes no HTTP/1.1 was offered nothing else, though the client had offered more: for a script. */
export const orOfScript = (problem: Problem): Problem =>
  ofAlpn.has(problem.code)
    ? problemOf(problem.code, {
        blame: 'parley',
        detail: 'a script runs on this host, so Parley offered http/1.1 alone of what the client offers',
        remedy: leaveOut,
      })
    : problem
