import type { Answer } from '../../../../rules/verdict.ts'
import { answerFields } from './answer-fields.ts'
import { sendBody } from './body.ts'
import { lengthOf, withLength } from './edited.ts'
import { drop, halfDone } from './ending.ts'
import { goOn, now, writeFields } from './flow.ts'
import { mayHaveBody } from './responses.ts'
import type { Stream } from './stream.ts'
import type { Talk } from './talk.ts'
import { tellWrongLength } from './telling.ts'

/** Parley answers itself, and the server hears nothing; why not, where the answer may not be sent. */
export function answer(talk: Talk, stream: Stream, { status, headers, body, cut }: Answer): string | undefined {
  const block = answerFields(status, headers)
  if (typeof block === 'string') return block
  talk.ports.acted(stream.id, { type: 'server-not-asked' })
  hearNoMore(talk, stream)
  const half = stream.toClient
  stream.responded = true
  const has = mayHaveBody(stream, status)
  const length = has && body instanceof Uint8Array ? String(body.length) : undefined
  const said = lengthOf(block.fields)
  const wrong = said !== undefined && length !== undefined && said !== length
  if (wrong) tellWrongLength(talk, stream, 'response', said)
  const fields = wrong ? withLength(block.fields, length) : block.fields
  const ends = !has || (body instanceof Uint8Array && body.length === 0)
  if (cut) half.cut = { left: cut.after, how: cut.how }
  writeFields(talk, half, {}, fields, block.ways, ends && !cut)
  if (ends && !cut) {
    halfDone(talk, half)
    return
  }
  half.mode = 'queue'
  if (!(body instanceof Uint8Array)) void sendBody(talk, half, body)
  else {
    half.items.push({ type: 'data', content: body, kept: 0, keptOfConnection: 0, gone: 0, at: now() })
    half.ended = true
  }
  goOn(talk, half)
}

/** The request's body is for nobody. */
export function hearNoMore(talk: Talk, stream: Stream): void {
  const { ended } = stream.toServer
  drop(talk, stream.toServer)
  if (ended) halfDone(talk, stream.toServer)
}
