import type { Header } from '../../../../model/exchange.ts'
import { bodyEnds, contentArrives, fieldsArrive } from './arrivals.ts'
import { breakOff, halfDone } from './ending.ts'
import { now } from './flow.ts'
import { type Half, waitingBytes } from './stream.ts'
import { giveBack, type Talk } from './talk.ts'

/** Bytes of a body of Parley's own that wait at most. */
const mostWaiting = 64 * 1024

/** Another body goes on in the place of what the sender says, of which the trailers stay. */
export function replaceBody(talk: Talk, half: Half, body: Uint8Array): void {
  const trailers = half.items.filter(item => item.type === 'fields')
  for (const item of half.items)
    if (item.type === 'data') {
      half.window.free(item.kept)
      talk.paths[half.direction].window.free(item.keptOfConnection)
    }
  half.items.length = 0
  half.replaced = true
  if (body.length > 0)
    half.items.push({ type: 'data', content: body, kept: 0, keptOfConnection: 0, gone: 0, at: now() })
  half.items.push(...trailers)
  giveBack(talk, half)
}

/** Sends what an iterable gives as the body of this half, as there is room for it. */
export async function sendBody(
  talk: Talk,
  half: Half,
  body: AsyncIterable<Uint8Array>,
  trailers?: () => readonly Header[] | undefined,
): Promise<void> {
  const iterator = body[Symbol.asyncIterator]()
  half.stop = () => void iterator.return?.()?.catch(() => {})
  const { stream } = half
  try {
    for (;;) {
      while (waitingBytes(half) > Math.max(mostWaiting, half.held?.wanted ?? 0) && !stream.over)
        await new Promise<void>(resolve => {
          half.wake = resolve
        })
      const { done, value } = await iterator.next()
      if (stream.over || half.mode === 'swallow') return
      if (done) break
      if (value.length > 0) talk.turn(() => contentArrives(talk, half, value))
    }
    const fields = trailers?.()
    talk.turn(() => {
      if (fields?.length) fieldsArrive(talk, half, { fields, ways: new Uint8Array(0) }, {}, true)
      else bodyEnds(talk, half)
    })
  } catch {
    if (!stream.over) talk.turn(() => breakOff(talk, stream, 'reset'))
  }
}

/** The body of a half as it comes, for whoever gets it in the receiver's place. */
export async function* feed(talk: Talk, half: Half): AsyncGenerator<Uint8Array> {
  for (;;) {
    const item = half.items.shift()
    if (item?.type === 'data') {
      half.window.free(item.kept)
      talk.turn(() => giveBack(talk, half))
      if (item.content.length > 0) yield item.content
    } else if (item === undefined) {
      if (half.ended || half.mode !== 'feed') break
      await new Promise<void>(resolve => {
        half.wake = resolve
      })
    }
  }
  if (!half.done && half.ended) talk.turn(() => halfDone(talk, half))
}
