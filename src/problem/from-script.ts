import { type Problem, problemOf } from './problem.ts'

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
    remedy: 'Leave this host out of the script’s hosts, to let it pass as it is.',
  })
