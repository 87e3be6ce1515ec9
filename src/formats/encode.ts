import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { codingsOf, isZlib } from './decode.ts'

type Encoder = (bytes: Uint8Array) => Uint8Array

/** Quick rather than small: it is done while a person, or a program, waits for the message. */
const encoders: Readonly<Record<string, Encoder>> = {
  gzip: bytes => gzipSync(bytes),
  'x-gzip': bytes => gzipSync(bytes),
  deflate: bytes => deflateSync(bytes),
  br: bytes => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  zstd: bytes => zstdCompressSync(bytes),
}

/**
 * Does the codings of a Content-Encoding header, first one first. Undefined where one of them is not known.
 * @param like what came with these codings: deflate without its zlib wrapper is done so again
 */
export function encodeBody(
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  like?: Uint8Array,
): Uint8Array | undefined {
  const codings = codingsOf(contentEncoding)
  const raw = codings.at(-1) === 'deflate' && like !== undefined && like.length > 0 && !isZlib(like)
  let coded = bytes
  for (const [place, coding] of codings.entries()) {
    const encoder = Object.hasOwn(encoders, coding) ? encoders[coding] : undefined
    if (!encoder) return undefined
    coded = raw && place === codings.length - 1 ? deflateRawSync(coded) : encoder(coded)
  }
  return coded
}
