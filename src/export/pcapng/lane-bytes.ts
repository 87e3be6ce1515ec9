import type { WireChunk } from '../../wire/tls/capture.ts'

/** Bytes of a lane below TLS, the next ones of its TCP payload. */
export interface LaneBytes extends WireChunk {
  /** Bytes on the wire, of which `bytes` are the beginning. */
  readonly length: number
}

/** What stands in the place of a record that was not kept, or not as it is to be. */
export interface Overlay {
  readonly at: number
  readonly offset: number
  readonly length: number
  /** The record or its beginning; undefined where what was kept is right. Asked once, in order. */
  bytes(): Uint8Array | undefined
}

const none = new Uint8Array()
/** Bytes that may be missing of a lane: more than that are those of a damaged capture. */
export const mostMissing = 2 ** 36
const endOf = ({ offset, bytes }: WireChunk): number => offset + bytes.length

/**
 * The bytes of a lane in order: what was kept, and what stands in for records of it. Of what is in neither only the length
 * is said, up to `until`; where 64 GB would be missing, the lane ends. Both come in order of offset, and do not overlap among themselves.
 */
export function* laneBytes(
  kept: readonly WireChunk[],
  overlays: readonly Overlay[],
  until: { readonly offset: number; readonly at: number },
): Generator<LaneBytes> {
  let [position, missing] = [0, 0]
  let [k, o] = [0, 0]
  for (;;) {
    while (k < kept.length && endOf(kept[k]!) <= position) k++
    while (o < overlays.length && overlays[o]!.offset < position) o++
    const [chunk, overlay] = [kept[k], overlays[o]]
    const [keptFrom, laidFrom] = [Math.max(position, chunk?.offset ?? Infinity), overlay?.offset ?? Infinity]
    const start = Math.min(keptFrom, laidFrom)
    if (start === Infinity) break
    missing += start - position
    if (missing > mostMissing) return
    const { at } = laidFrom === start ? overlay! : chunk!
    if (start > position) yield { at, offset: position, bytes: none, length: start - position }
    position = start
    if (laidFrom === start) {
      o++
      const bytes = overlay!.bytes()
      if (bytes) {
        yield { at, offset: position, bytes, length: overlay!.length }
        position += overlay!.length
        continue
      }
    }
    if (!chunk || keptFrom > position) continue
    const stop = Math.min(endOf(chunk), overlays[o]?.offset ?? Infinity)
    const bytes = chunk.bytes.subarray(position - chunk.offset, stop - chunk.offset)
    yield { at: chunk.at, offset: position, bytes, length: bytes.length }
    position = stop
  }
  if (until.offset > position && missing + until.offset - position <= mostMissing)
    yield { at: until.at, offset: position, bytes: none, length: until.offset - position }
}
