import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'

/** A body after its content codings were undone (RFC 9110 8.4), as far as that went. */
export interface DecodedBody {
  readonly bytes: Uint8Array
  /** Codings undone, in the order in which they were undone. */
  readonly undone: readonly string[]
  /** Why the rest could not be undone; `bytes` are then still coded. */
  readonly problem?: string
}

export interface DecodeLimits {
  /** Largest output in bytes. */
  readonly maxBytes: number
  /** Largest growth of one coding over its input; checked only past `ratioFloor` bytes. */
  readonly maxRatio: number
  readonly allowance: Allowance
}

/** Bytes that may still be unpacked. What one view shows shares it, so that a thousand small bombs are no more than one. */
export interface Allowance {
  left: number
}

export const unlimited: Allowance = { left: Number.POSITIVE_INFINITY }

const megabyte = 1024 * 1024
// A page of zeros in gzip grows a thousandfold; brotli and zstd bombs grow by millions.
const defaults: DecodeLimits = { maxBytes: 64 * megabyte, maxRatio: 2000, allowance: unlimited }
const ratioFloor = megabyte
const mostCodings = 8

interface DecoderOptions {
  readonly maxOutputLength: number
  readonly finishFlush?: number
}

type Decoder = (bytes: Uint8Array, options: DecoderOptions) => Uint8Array

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateEither,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

/**
 * Undoes the codings of a Content-Encoding header, last first. Never throws: what cannot be undone stays as it is.
 * @param contentEncoding the header's values joined with commas; undefined for none
 */
export function decodeBody(
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  limits: Partial<DecodeLimits> = {},
): DecodedBody {
  const { maxBytes, maxRatio, allowance } = { ...defaults, ...limits }
  const codings = codingsOf(contentEncoding)
  if (codings.length > mostCodings) return { bytes, undone: [], problem: `${codings.length} content codings` }
  let decoded = bytes
  const undone: string[] = []
  for (const coding of codings.reverse()) {
    const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
    if (!decoder) return { bytes: decoded, undone, problem: `unknown content coding ${coding}` }
    if (decoded.length === 0) continue
    const maxOutputLength = Math.min(maxBytes, allowance.left, Math.max(ratioFloor, decoded.length * maxRatio))
    if (maxOutputLength <= 0)
      return { bytes: decoded, undone, problem: `${coding} left as it is: too much was unpacked before` }
    const step = undo(coding, decoder, decoded, maxOutputLength)
    allowance.left -= step.wasted ?? step.bytes.length
    decoded = step.bytes
    if (step.problem !== undefined)
      return { bytes: decoded, undone: step.partly ? [...undone, coding] : undone, problem: step.problem }
    undone.push(coding)
  }
  return { bytes: decoded, undone }
}

interface Step {
  readonly bytes: Uint8Array
  readonly problem?: string
  /** The coding was undone as far as its bytes went. */
  readonly partly?: boolean
  /** Bytes that were unpacked in vain. */
  readonly wasted?: number
}

/** A body that was cut short, or still runs, is decoded as far as it goes. */
function undo(coding: string, decoder: Decoder, bytes: Uint8Array, maxOutputLength: number): Step {
  try {
    return { bytes: decoder(bytes, { maxOutputLength }) }
  } catch (error) {
    const problem = reasonFor(coding, error, maxOutputLength)
    if (isTooLarge(error)) return { bytes, problem, wasted: maxOutputLength }
    const unchecked = withoutChecksum(coding, decoder, bytes, error as Error, maxOutputLength)
    if (unchecked) return unchecked
    try {
      const partial = decoder(bytes, { maxOutputLength, finishFlush: flushes[coding] ?? constants.Z_SYNC_FLUSH })
      return partial.length > 0
        ? { bytes: partial, problem: `${coding}: ends early`, partly: true }
        : { bytes, problem }
    } catch {
      return { bytes, problem }
    }
  }
}

/** Bytes of the checksum at the end. */
const trailers: Readonly<Record<string, number>> = { gzip: 8, 'x-gzip': 8, deflate: 4, zstd: 4 }

/** What a wrong checksum stands behind was unpacked all the same: it is shown, and the checksum is told. */
function withoutChecksum(
  coding: string,
  decoder: Decoder,
  bytes: Uint8Array,
  { message }: Error,
  maxOutputLength: number,
): Step | undefined {
  const trailer = trailers[coding]
  // zlib has one code for all damage, and says in words which it is
  if (trailer === undefined || !/incorrect (data|length) check|checksum/i.test(message)) return undefined
  try {
    const finishFlush = flushes[coding] ?? constants.Z_SYNC_FLUSH
    const whole = decoder(bytes.subarray(0, -trailer), { maxOutputLength, finishFlush })
    return { bytes: whole, problem: `${coding}: the checksum at its end is wrong`, partly: true }
  } catch {
    return undefined
  }
}

const flushes: Readonly<Record<string, number>> = {
  br: constants.BROTLI_OPERATION_FLUSH,
  zstd: constants.ZSTD_e_flush,
}

/** The codings of a Content-Encoding header in lower case, in the order in which they were done. */
export const codingsOf = (header = ''): string[] =>
  header
    .toLowerCase()
    .split(',')
    .map(coding => coding.split(';')[0]!.trim()) // a coding has no parameters (RFC 9110 8.4.1); some servers send q
    .filter(coding => coding !== '' && coding !== 'identity')

/** RFC 9110 8.4.1.2: deflate is zlib; some servers send raw deflate all the same. */
function inflateEither(bytes: Uint8Array, options: DecoderOptions): Uint8Array {
  return isZlib(bytes) ? inflateSync(bytes, options) : inflateRawSync(bytes, options)
}

/** RFC 1950 2.2: method 8, and a check over both bytes. */
export const isZlib = ([cmf = 0, flg = 0]: Uint8Array): boolean => (cmf & 0x0f) === 8 && ((cmf << 8) | flg) % 31 === 0

const isTooLarge = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'

const reasonFor = (coding: string, error: unknown, maxOutputLength: number): string =>
  isTooLarge(error)
    ? `${coding} grows past ${maxOutputLength} bytes, left as it is`
    : `${coding}: ${(error as Error).message}`
