import type { Header, Side } from '../../../../model/exchange.ts'
import { lengthOf, withLength } from './edited.ts'
import type { Stream } from './stream.ts'
import type { Talk } from './talk.ts'
import { tellWrongLength } from './telling.ts'

/**
 * The edited fields with a content-length that fits: that of the new body, else the sender's own. None is added, as HTTP/2
 * needs none; one that an edit sets wrongly is told.
 */
export function rightLength(
  talk: Talk,
  stream: Stream,
  side: Side,
  before: readonly Header[],
  edited: readonly Header[],
  body: number | undefined,
): readonly Header[] {
  const said = lengthOf(edited)
  const came = lengthOf(before)
  const right = body === undefined ? came : String(body)
  if (said === undefined || said === right) return edited
  if (said !== came) tellWrongLength(talk, stream, side, said)
  return withLength(edited, right)
}
