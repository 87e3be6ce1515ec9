import type { ResponseHead } from '../../../../model/exchange.ts'
import type { Problem } from '../../../../problem/problem.ts'
import type { GoesElsewhere } from '../../../../rules/verdict.ts'
import type { ElsewhereAnswer } from '../core.ts'
import { answerFields } from './answer-fields.ts'
import { answer, hearNoMore } from './answers.ts'
import { bodyOf } from './arrivals.ts'
import { ask } from './asking.ts'
import { feed, sendBody } from './body.ts'
import { breakOff } from './ending.ts'
import { mayHaveBody, performResponse } from './responses.ts'
import type { Stream } from './stream.ts'
import type { Talk } from './talk.ts'
import { tellFlaw, tellProblem, tellServerRequest } from './telling.ts'

/** Another server gets the request, and its answer comes back on this stream. */
export function elsewhere(talk: Talk, stream: Stream, verdict: GoesElsewhere): undefined {
  const { server, head } = verdict
  const own = verdict.body !== undefined
  const body = verdict.body ?? bodyFor(talk, stream)
  if (own) hearNoMore(talk, stream)
  talk.ports.elsewhere({ server, head, body }).then(
    answered =>
      talk.turn(() => {
        if (stream.over) return
        tellServerRequest(talk, stream, answered.request, own ? 'own' : 'same')
        if (own) {
          talk.ports.serverContent(stream.id, 'to-server', verdict.body!)
          talk.ports.acted(stream.id, { type: 'server-ended', side: 'request' })
        }
        respond(talk, stream, answered)
      }),
    (error: { readonly problem?: Problem }) =>
      talk.turn(() => {
        if (!stream.over) fail(talk, stream, error.problem)
      }),
  )
}

function bodyFor(talk: Talk, stream: Stream): Uint8Array | AsyncIterable<Uint8Array> {
  const half = stream.toServer
  if (!half.ended) {
    half.mode = 'feed'
    return feed(talk, half)
  }
  const body = bodyOf(half)
  hearNoMore(talk, stream)
  return body
}

/** It could not be asked: the client is told by a 502 as from any gateway (RFC 9110 15.6.3). */
function fail(talk: Talk, stream: Stream, problem: Problem | undefined): void {
  if (problem) tellProblem(talk, stream, problem)
  const body = Buffer.from(`${problem?.message ?? 'the other server could not be asked'}\n`)
  answer(talk, stream, { status: 502, headers: [['content-type', 'text/plain; charset=utf-8']], body })
}

function respond(talk: Talk, stream: Stream, { head: origin, body, trailers }: ElsewhereAnswer): void {
  const block = answerFields(origin.status, origin.headers)
  if (typeof block === 'string') {
    tellFlaw(talk, stream, block)
    breakOff(talk, stream, 'reset')
    return
  }
  const half = stream.toClient
  stream.responded = true
  const head: ResponseHead = { status: origin.status, reason: '', version: 'HTTP/2', headers: block.fields }
  const arrived = { block, shape: {}, head, origin }
  half.ended = !mayHaveBody(stream, origin.status)
  half.mode = 'hold'
  const claim = talk.claims.response(stream.id, stream.request, head)
  if (!half.ended) void sendBody(talk, half, body, trailers)
  else void body[Symbol.asyncIterator]().return?.()
  if (claim) ask(talk, half, claim, head, verdict => performResponse(talk, stream, arrived, verdict))
  else performResponse(talk, stream, arrived, { type: 'pass', acts: [] })
}
