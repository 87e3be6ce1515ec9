import type { Header } from '../../../../model/exchange.ts'
import type { Answer, Pace } from '../../../../rules/verdict.ts'
import { hasToken } from '../../../../wire/http1/framing.ts'
import { reasonOfStatus } from '../../../../wire/http1/reasons.ts'
import { isToken } from '../../../../wire/http1/token.ts'
import { plainLines } from '../../../../wire/http1/write-head.ts'
import type { Exchange, Talk } from './exchange.ts'
import { chunkOf, lastChunk } from './outlet.ts'
import { isEncoding, isLength, isText } from './reframe.ts'
import { isBodyless } from './rewrite.ts'
import { tellFlaw } from './telling.ts'
import { type Way, wayOf } from './way.ts'

type Frame = 'none' | 'length' | 'chunked' | 'until-close'

/** Gives the client an answer of Parley's, whose turn it is. */
export async function playAnswer(
  talk: Talk,
  exchange: Exchange,
  answer: Answer,
  pace: Pace | undefined,
  trailers?: () => readonly Header[] | undefined,
): Promise<void> {
  const way = wayOf(talk.lanes['to-client'], pace)
  const frame = frameOf(exchange, answer)
  if (frame === 'until-close') exchange.closes = true
  const flawed = answer.headers.filter(header => !isSound(header))
  for (const [name] of flawed) tellFlaw(talk, exchange, `the field ${JSON.stringify(name)}`)
  way.write(Buffer.from(headOf(exchange, answer, frame), 'latin1'), 'head')
  const { body, cut } = answer
  if (frame === 'none') return way.whenGone(() => talk.answered())
  if (body instanceof Uint8Array) {
    const sent = cut ? body.subarray(0, cut.after) : body
    way.write(frame === 'chunked' ? chunkOf(sent) : sent, 'body')
  } else if (!(await playPieces(talk, way, answer, frame, body))) return talk.breakOff('close')
  if (cut) return way.whenGone(() => talk.breakOff(cut.how))
  if (frame === 'chunked') way.write(lastChunk(trailers?.()?.filter(isSound)), 'body')
  way.whenGone(() => talk.answered())
}

/** Piece by piece, as the client takes them. False where the body ended before it was whole. */
async function playPieces(
  talk: Talk,
  way: Way,
  { headers, cut }: Answer,
  frame: Frame,
  body: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  const said = frame === 'length' ? Number(headers.find(isLength)?.[1]) : Infinity
  let left = Math.min(said, cut?.after ?? Infinity)
  try {
    for await (const piece of body) {
      const sent = piece.subarray(0, left)
      left -= sent.length
      way.write(frame === 'chunked' ? chunkOf(sent) : Buffer.from(sent), 'body')
      await new Promise<void>(resolve => way.whenGone(resolve))
      await talk.lanes['to-client'].room()
      if (talk.over || left === 0) break
    }
  } catch {
    return false // whoever made it says why
  }
  return frame !== 'length' || left === 0 || cut !== undefined
}

function frameOf({ head }: Exchange, { status, headers, body }: Answer): Frame {
  if (head.method === 'HEAD' || isBodyless(status)) return 'none'
  if (body instanceof Uint8Array) return 'length'
  const length = headers.find(isLength)?.[1]
  if (length !== undefined && /^\d{1,15}$/.test(length)) return 'length'
  return head.version === 'HTTP/1.0' ? 'until-close' : 'chunked'
}

function headOf(exchange: Exchange, answer: Answer, frame: Frame): string {
  const { status, reason = reasonOfStatus(status), body } = answer
  const { version, headers: asked, method } = exchange.head
  const headers = answer.headers.filter(header => isSound(header) && !isEncoding(header))
  const length = frame === 'length' && body instanceof Uint8Array ? String(body.length) : undefined
  const framing = (): readonly Header[] => {
    if (frame === 'chunked') return [['Transfer-Encoding', 'chunked']]
    if (length !== undefined) return [[headers.find(isLength)?.[0] ?? 'Content-Length', length]]
    // An answer to HEAD says how long the body would be.
    if (
      method === 'HEAD' &&
      !isBodyless(status) &&
      body instanceof Uint8Array &&
      !headers.some(isLength) &&
      body.length
    )
      return [['Content-Length', String(body.length)]]
    return []
  }
  const drops = frame === 'chunked' || frame === 'until-close' || length !== undefined || isBodyless(status)
  const kept = drops ? headers.filter(header => !isLength(header)) : headers
  const text = isText(reason) ? reason : reasonOfStatus(status)
  return `${version} ${status} ${text}\r\n${plainLines([...kept, ...framing(), ...connection(exchange, kept, asked)])}\r\n`
}

/** What says whether another answer may follow (RFC 9112 9.3). */
function connection({ closes, head }: Exchange, headers: readonly Header[], asked: readonly Header[]): Header[] {
  if (headers.some(([name]) => name.toLowerCase() === 'connection')) return []
  if (closes) return [['Connection', 'close']]
  const keeps = asked.some(([name, value]) => name.toLowerCase() === 'connection' && hasToken(value, 'keep-alive'))
  return head.version === 'HTTP/1.0' && keeps ? [['Connection', 'keep-alive']] : []
}

const isSound = ([name, value]: Header): boolean => isToken(name) && isText(value)
