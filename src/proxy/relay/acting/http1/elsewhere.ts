import type { Header, ResponseHead } from '../../../../model/exchange.ts'
import { type Problem, problemOf } from '../../../../problem/problem.ts'
import type { ResponseClaim } from '../../../../rules/claims.ts'
import { bodyPatience, saysLength } from '../../../../rules/endless.ts'
import type { Answer, GoesElsewhere, Pace, ResponseVerdict } from '../../../../rules/verdict.ts'
import { failurePage } from '../../../failure-page.ts'
import type { ElsewhereAnswer } from '../core.ts'
import { playAnswer } from './answering.ts'
import type { Exchange, Talk } from './exchange.ts'
import { Feed } from './feed.ts'
import { type Outlet, swallowing } from './outlet.ts'
import { tellServerEnded, tellServerRequest, tellServerResponse, tellVerdict } from './telling.ts'

/** Asks the other server, and has its answer played when its turn comes. The outlet takes the client's body. */
export function playElsewhere(talk: Talk, exchange: Exchange, verdict: GoesElsewhere, hasBody: boolean): Outlet {
  const { server, head, body } = verdict
  const done = (): void => talk.requestEnded(exchange)
  const feed = body || !hasBody ? undefined : new Feed(talk.lanes['to-server'], done)
  if (feed) exchange.feed = feed
  const answered = talk.ports.elsewhere({ server, head, body: body ?? feed ?? new Uint8Array(0) })
  const played = answered.then(
    answer => () => play(talk, exchange, verdict, answer),
    (error: unknown) => () => fail(talk, exchange, error),
  )
  exchange.play = () => void played.then(playIt => (talk.over ? undefined : playIt()))
  return feed ?? swallowing(done)
}

async function play(
  talk: Talk,
  exchange: Exchange,
  { body, pace }: GoesElsewhere,
  answer: ElsewhereAnswer,
): Promise<void> {
  tellServerRequest(talk, exchange, answer.request, body ? 'own' : 'same')
  if (body) talk.ports.serverContent(exchange.place, 'to-server', body)
  tellServerEnded(talk, exchange, 'request')
  const { head } = answer
  const plain = { status: head.status, reason: head.reason, headers: endToEnd(head.headers), body: answer.body }
  const claim = talk.claims.response(exchange.place, exchange.head, head)
  if (claim) return playClaimed(talk, exchange, claim, answer, pace)
  tellServerResponse(talk, exchange, head, 'same')
  await playAnswer(talk, exchange, reasoned(plain), pace, answer.trailers)
  tellServerEnded(talk, exchange, 'response', answer.trailers?.())
}

/** The other server's answer is claimed like any other. */
async function playClaimed(
  talk: Talk,
  exchange: Exchange,
  claim: ResponseClaim,
  answer: ElsewhereAnswer,
  pace: Pace | undefined,
): Promise<void> {
  const { head } = answer
  const isSized = saysLength(head.headers)
  const { whole, rest, late } = await collected(answer.body, claim.most, isSized ? undefined : bodyPatience)
  const verdict: ResponseVerdict = await claim.act({ head, ...(whole && { body: whole }), ...(late && { late }) })
  if (talk.over) return
  tellVerdict(talk, exchange, verdict)
  const isOwn = verdict.type === 'change' && verdict.body !== undefined
  tellServerResponse(talk, exchange, head, isOwn ? 'own' : 'same')
  if (isOwn && whole) talk.ports.serverContent(exchange.place, 'to-client', whole)
  if (verdict.type === 'break') return talk.breakOff(verdict.how)
  const changed: ResponseHead = (verdict.type === 'change' && verdict.head) || head
  const cut = verdict.type === 'change' ? verdict.cut : undefined
  const body = (verdict.type === 'change' && verdict.body) || whole || rest
  const { status, reason } = changed
  const played = { status, reason, headers: endToEnd(changed.headers), body, ...(cut ? { cut } : {}) }
  await playAnswer(talk, exchange, reasoned(played), verdict.pace ?? pace, answer.trailers)
  tellServerEnded(talk, exchange, 'response', answer.trailers?.())
}

interface Collected {
  readonly whole?: Uint8Array
  readonly rest: AsyncIterable<Uint8Array>
  readonly late?: boolean
}

/** The body where it is not larger than that, and ends in so many ms; else all of it, still to be read. */
async function collected(
  body: AsyncIterable<Uint8Array>,
  most: number,
  patience: number | undefined,
): Promise<Collected> {
  if (most === 0) return { rest: body }
  const pieces: Uint8Array[] = []
  const reading = body[Symbol.asyncIterator]()
  const { promise: tooLate, resolve } = Promise.withResolvers<'late'>()
  const timer = patience === undefined ? undefined : setTimeout(() => resolve('late'), patience)
  let length = 0
  try {
    while (length <= most) {
      const coming = reading.next()
      const next = await Promise.race([coming.catch(() => undefined), tooLate])
      if (next === 'late') return { rest: chain(pieces, reading, coming), late: true }
      if (next === undefined) return { rest: chain(pieces, undefined) }
      if (next.done) return { whole: Buffer.concat(pieces), rest: chain(pieces, reading) }
      pieces.push(next.value)
      length += next.value.length
    }
    return { rest: chain(pieces, reading) }
  } finally {
    clearTimeout(timer)
  }
}

/** `coming`: what was asked for and has not come. */
async function* chain(
  pieces: readonly Uint8Array[],
  reading: AsyncIterator<Uint8Array> | undefined,
  coming?: Promise<IteratorResult<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  yield* pieces
  if (!reading) throw new Error('it ended in its midst')
  for (let next = await (coming ?? reading.next()); !next.done; next = await reading.next()) yield next.value
}

function fail(talk: Talk, exchange: Exchange, error: unknown): Promise<void> {
  exchange.feed?.abandon()
  const problem = problemIn(error)
  talk.ports.acted(exchange.place, { type: 'problem', problem })
  const { status, contentType, body } = failurePage(problem)
  const headers: Header[] = [['Content-Type', contentType]]
  return playAnswer(talk, exchange, { status, headers, body: Buffer.from(body) }, undefined)
}

function problemIn(error: unknown): Problem {
  if (typeof error === 'object' && error !== null && 'problem' in error) return error.problem as Problem
  return problemOf('http/upstream-failed', { detail: error instanceof Error ? error.message : String(error) })
}

/** An answer of HTTP/2 has no reason phrase. */
const reasoned = ({ reason, ...answer }: Answer & { readonly reason: string }): Answer =>
  reason === '' ? answer : { ...answer, reason }

const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'])

/** Without what is between that server and Parley (RFC 9110 7.6.1), and the pseudo-headers of HTTP/2. */
const endToEnd = (headers: readonly Header[]): readonly Header[] =>
  headers.filter(([name]) => !name.startsWith(':') && !hopByHop.has(name.toLowerCase()))
