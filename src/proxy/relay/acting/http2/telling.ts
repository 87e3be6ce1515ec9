import type { RequestHead, ResponseHead, Side } from '../../../../model/exchange.ts'
import { type Problem, problemOf } from '../../../../problem/problem.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../../rules/verdict.ts'
import type { Stream } from './stream.ts'
import type { Talk } from './talk.ts'

/** What a verdict says for the person. */
export function tellVerdict({ ports }: Talk, { id }: Stream, verdict: RequestVerdict | ResponseVerdict): void {
  for (const act of verdict.acts) ports.acted(id, { type: 'acted', act })
  for (const problem of verdict.problems ?? []) ports.acted(id, { type: 'problem', problem })
}

export const tellProblem = ({ ports }: Talk, { id }: Stream, problem: Problem): void =>
  ports.acted(id, { type: 'problem', problem })

/** A head that a verdict asks for and that may not be sent; the message goes on as it came. */
export const tellFlaw = (talk: Talk, stream: Stream, detail: string): void =>
  tellProblem(talk, stream, problemOf('acting/bad-head', { detail }))

export const tellWrongLength = (talk: Talk, stream: Stream, side: Side, said: string): void =>
  tellProblem(
    talk,
    stream,
    problemOf('acting/wrong-length', { detail: `${JSON.stringify(said.slice(0, 60))} of the ${side}` }),
  )

/** What the server gets, once. */
export function tellServerRequest({ ports }: Talk, stream: Stream, head: RequestHead, body: 'same' | 'own'): void {
  if (stream.serverTold) return
  stream.serverTold = true
  ports.acted(stream.id, { type: 'server-request', head, body })
}

/** What the server answers, which the client gets changed. */
export function tellServerResponse(talk: Talk, stream: Stream, head: ResponseHead, body: 'same' | 'own'): void {
  tellServerRequest(talk, stream, stream.request, 'same')
  talk.ports.acted(stream.id, { type: 'server-response', head, body })
}
