import { u32 } from '../wire/bytes.ts'

/** One length-prefixed message of a gRPC or gRPC-web body. */
export interface GrpcMessage {
  /** Where its prefix stands in the body, after base64 for gRPC-web-text. */
  readonly offset: number
  readonly compressed: boolean
  /** gRPC-web: the trailers, as header lines. */
  readonly trailers: boolean
  /** What the prefix says; more than `bytes` has where the rest has not come. */
  readonly length: number
  readonly bytes: Uint8Array
}

const prefixBytes = 5

/** Splits a body, whole or still coming. A prefix that is not whole is left out. */
export function splitGrpc(body: Uint8Array): GrpcMessage[] {
  const messages: GrpcMessage[] = []
  for (let at = 0; at + prefixBytes <= body.length; ) {
    const flags = body[at]!
    const length = u32(body, at + 1)
    const start = at + prefixBytes
    const bytes = body.subarray(start, Math.min(body.length, start + length))
    messages.push({ offset: at, compressed: (flags & 1) !== 0, trailers: (flags & 0x80) !== 0, length, bytes })
    at = start + length
  }
  return messages
}

/** gRPC-web-text: base64, perhaps several padded runs of it one after the other. Other characters are passed over. */
export function decodeGrpcWebText(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')
  return Buffer.concat((text.match(/[^=]+={0,2}/g) ?? []).map(run => Buffer.from(run, 'base64')))
}
