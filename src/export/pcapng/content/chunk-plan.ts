/** How a body is cut into chunks (RFC 9112 7.1). */
export interface ChunkPlan {
  /** Bytes of every chunk but the last, which has what is left. */
  readonly size: number
  readonly chunks: number
  /** Leading zeros of the first chunk's size, which RFC 9112 allows. */
  readonly zeros: number
}

const lineEnds = 4
const mostZeros = 12
const tries = 64

const digits = (size: number): number => size.toString(16).length

/** Bytes that the least framing takes: one chunk. The last chunk, which is empty, is not counted. */
export const leastFraming = (body: number): number => (body === 0 ? 0 : digits(body) + lineEnds)

/** Cuts a body of so many bytes so that the framing takes exactly that many; undefined where it cannot be. */
export function chunkPlan(body: number, framing: number): ChunkPlan | undefined {
  if (body === 0) return framing === 0 ? { size: 0, chunks: 0, zeros: 0 } : undefined
  let wanted = Math.min(body, Math.max(1, Math.floor(framing / (1 + lineEnds))))
  for (let i = 0; i < tries && wanted > 0; i++) {
    const size = Math.ceil(body / wanted)
    const chunks = Math.ceil(body / size)
    const last = body - (chunks - 1) * size
    const zeros = framing - (chunks - 1) * (digits(size) + lineEnds) - (digits(last) + lineEnds)
    if (zeros >= 0) return zeros <= mostZeros ? { size, chunks, zeros } : undefined
    const perChunk = digits(size) + lineEnds
    wanted = Math.min(chunks - 1, Math.max(1, chunks - Math.ceil(-zeros / perChunk)))
  }
  return undefined
}
