import type { Act } from '../../model/act.ts'
import type { Header, RequestHead } from '../../model/exchange.ts'
import type { Decision, ToHold } from '../../model/held.ts'
import type { GoesElsewhere, RequestVerdict, ResponseVerdict, StreamVerdict } from '../verdict.ts'

/** What a person decided, and after how many ms. */
export interface Decided {
  readonly decision: Decision
  readonly after: number
}

/** The verdict of the rules, with what a person decided of the request that came of it. */
export function requestDecided(verdict: RequestVerdict, held: ToHold, decided: Decided): RequestVerdict {
  const { decision } = decided
  const told = toldBy(verdict, held, decided)
  switch (decision.type) {
    case 'pass':
      return { ...verdict, ...told }
    case 'drop':
      return { type: 'break', how: 'reset', ...told }
    case 'answer': {
      const { status, headers, body } = decision
      return { type: 'answer', answer: { status, headers, body }, ...told }
    }
    case 'change': {
      const { request: head, body } = decision
      const changed = { ...(head && { head }), ...(body && { body }) }
      const server = serverOf(verdict, held.request, head)
      if (server) return { type: 'elsewhere', head: held.request, ...bodyOf(verdict), ...changed, ...told, server }
      return { ...(verdict.type === 'change' ? verdict : undefined), type: 'change', ...changed, ...told }
    }
  }
}

export function responseDecided(verdict: ResponseVerdict, held: ToHold, decided: Decided): ResponseVerdict {
  const { decision } = decided
  const told = toldBy(verdict, held, decided)
  if (decision.type === 'drop') return { type: 'break', how: 'reset', ...told }
  if (decision.type !== 'change') return { ...verdict, ...told }
  const { response: head, body } = decision
  const before = verdict.type === 'change' ? verdict : undefined
  return { ...before, type: 'change', ...(head && { head }), ...(body && { body }), ...told }
}

export function streamDecided(verdict: StreamVerdict, held: ToHold, decided: Decided): StreamVerdict {
  const { decision } = decided
  const told = toldBy(verdict, held, decided)
  if (decision.type === 'drop') return { type: 'drop', ...told }
  if (decision.type !== 'change' || !decision.body) return { ...verdict, ...told }
  return { type: 'change', bytes: decision.body, ...told }
}

/** Where the request goes if not to the server of its connection. */
function serverOf(
  verdict: RequestVerdict,
  before: RequestHead,
  after: RequestHead | undefined,
): GoesElsewhere['server'] | undefined {
  const same = !after || (after.scheme === before.scheme && after.authority === before.authority)
  if (same) return verdict.type === 'elsewhere' ? verdict.server : undefined
  const url = URL.parse(`${after.scheme}://${after.authority}`)
  const scheme = after.scheme === 'http' ? 'http' : 'https'
  return url === null
    ? undefined
    : { scheme, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (scheme === 'http' ? 80 : 443) }
}

const bodyOf = (verdict: RequestVerdict) =>
  (verdict.type === 'change' || verdict.type === 'elsewhere') && verdict.body ? { body: verdict.body } : {}

/** What is told besides: what the rules did, how long it was held, and what was done then. */
function toldBy(
  { acts, problems, pace }: RequestVerdict | ResponseVerdict | StreamVerdict,
  held: ToHold,
  decided: Decided,
) {
  const act: Act = {
    by: 'breakpoint',
    did: didOf(held, decided),
    ...(held.what !== 'stream-message' && { side: held.what }),
  }
  return { acts: [...acts, act], ...(problems && { problems }), ...(pace && { pace }) }
}

function didOf(held: ToHold, { decision, after }: Decided): string {
  if (decision.type === 'pass' && decision.because === 'too-many') return 'not held: --hold-limit was reached'
  const waited = `held ${(after / 1000).toFixed(1)} s`
  switch (decision.type) {
    case 'pass':
      return decision.because === 'time-out' ? `${waited}, let go by --hold-timeout` : waited
    case 'drop':
      return `${waited}, dropped`
    case 'answer':
      return `${waited}, answered ${decision.status}`
    case 'change':
      return `${waited}, changed ${changedParts(held, decision).join(', ')}`
  }
}

/** What a person changed, in words: `method`, `URL`, `status`, `header x-a`, `body`. */
export function changedParts(held: ToHold, decision: Decision & { readonly type: 'change' }): readonly string[] {
  const { request, response, body } = decision
  const before = held.what === 'response' ? held.response : held.request
  const after = response ?? request
  return [
    ...(request && request.method !== held.request.method ? ['method'] : []),
    ...(request && urlOf(request) !== urlOf(held.request) ? ['URL'] : []),
    ...(response && held.what === 'response' && response.status !== held.response.status ? ['status'] : []),
    ...(after ? changedNames(before.headers, after.headers) : []),
    ...(body ? ['body'] : []),
  ]
}

const urlOf = ({ scheme, authority, path }: RequestHead): string => `${scheme}://${authority}${path}`

function changedNames(before: readonly Header[], after: readonly Header[]): readonly string[] {
  const valuesOf = (headers: readonly Header[], name: string): string =>
    JSON.stringify(headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value))
  const names = new Set([...before, ...after].map(([name]) => name.toLowerCase()))
  return [...names]
    .filter(name => !name.startsWith(':') && valuesOf(before, name) !== valuesOf(after, name))
    .map(name => `header ${name}`)
}
