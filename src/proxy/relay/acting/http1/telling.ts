import type { Header, RequestHead, ResponseHead, Side } from '../../../../model/exchange.ts'
import { problemOf } from '../../../../problem/problem.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../../rules/verdict.ts'
import type { Exchange, Talk } from './exchange.ts'

/** What a verdict says for the person. */
export function tellVerdict({ ports }: Talk, { place }: Exchange, verdict: RequestVerdict | ResponseVerdict): void {
  for (const act of verdict.acts) ports.acted(place, { type: 'acted', act })
  for (const problem of verdict.problems ?? []) ports.acted(place, { type: 'problem', problem })
}

/** A head that a verdict asks for and that may not be sent; the message goes on as it came. */
export const tellFlaw = ({ ports }: Talk, { place }: Exchange, detail: string): void =>
  ports.acted(place, { type: 'problem', problem: problemOf('acting/bad-head', { detail }) })

export const tellWrongLength = ({ ports }: Talk, { place }: Exchange, side: Side, said: string): void =>
  ports.acted(place, {
    type: 'problem',
    problem: problemOf('acting/wrong-length', { detail: `${JSON.stringify(said.slice(0, 60))} of the ${side}` }),
  })

/** What the server gets, once. */
export function tellServerRequest(talk: Talk, exchange: Exchange, head: RequestHead, body: 'same' | 'own'): void {
  if (exchange.serverHead) return
  exchange.serverHead = head
  talk.ports.acted(exchange.place, { type: 'server-request', head, body })
}

/** What the server answers, which the client gets changed. */
export function tellServerResponse(talk: Talk, exchange: Exchange, head: ResponseHead, body: 'same' | 'own'): void {
  tellServerRequest(talk, exchange, exchange.head, 'same')
  talk.ports.acted(exchange.place, { type: 'server-response', head, body })
}

export function tellServerEnded(talk: Talk, { place }: Exchange, side: Side, trailers?: readonly Header[]): void {
  talk.ports.acted(place, { type: 'server-ended', side, ...(trailers?.length ? { trailers } : {}) })
}
