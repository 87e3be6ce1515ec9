import { type Allowance, type DecodedBody, decodeBody } from '../../formats/decode.ts'
import { readHeaders } from '../../formats/multipart.ts'
import { emptySchema, methodType, type ProtoSchema } from '../../formats/protobuf/proto-schema.ts'
import { readMessage } from '../../formats/protobuf/wire-tree.ts'
import type { Message, ResponseHead } from '../../model/exchange.ts'
import { u32 } from '../../wire/bytes.ts'
import { formatBytes } from '../format.ts'
import { hexLines } from '../hex-lines.ts'
import { type BodyLine, Outline } from './outline.ts'
import { protoLines } from './protobuf-lines.ts'

export type { ProtoSchema }

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

export interface GrpcOptions {
  /** `application/grpc`, `application/grpc-web+proto`, `application/grpc-web-text` ... */
  readonly mediaType: string
  /** The grpc-encoding header. */
  readonly encoding?: string | undefined
  readonly side: 'request' | 'response'
  /** The request's path, by which a schema knows the types. */
  readonly path: string
  readonly schema?: ProtoSchema | undefined
  readonly maxLines: number
}

export const isGrpc = (mediaType: string): boolean => /^application\/grpc(-web)?(-text)?(\+|$)/.test(mediaType)

const mostMessage = 4 * 1024 * 1024 // inflated, to be shown
const mostInflated = 64 * 1024 * 1024 // of all messages

/** The messages of a body as foldable trees. */
export function grpcLines(body: Uint8Array, options: GrpcOptions): readonly BodyLine[] {
  const bytes = /-text(\+|$)/.test(options.mediaType) ? decodeGrpcWebText(body) : body
  const outline = new Outline(options.maxLines)
  const allowance: Allowance = { left: mostInflated }
  for (const [index, message] of splitGrpc(bytes).entries()) {
    if (outline.full) outline.line('')
    else messageLines(outline, index + 1, message, options, allowance)
  }
  return outline.finish()
}

function messageLines(
  outline: Outline,
  number: number,
  message: GrpcMessage,
  options: GrpcOptions,
  allowance: Allowance,
): void {
  const { compressed, trailers, length } = message
  const decoded: DecodedBody = compressed
    ? decodeBody(message.bytes, options.encoding, { maxBytes: mostMessage, allowance })
    : { bytes: message.bytes, undone: [] }
  const problem = compressed ? problemOf(decoded.problem, options.encoding) : undefined
  const schema = options.schema ?? emptySchema
  const type = trailers ? undefined : methodType(schema, options.path, options.side)
  const headerText = trailers ? new TextDecoder('latin1').decode(decoded.bytes) : ''
  const notes = [
    formatBytes(length),
    compressed && !problem && `${options.encoding} to ${formatBytes(decoded.bytes.length)}`,
    message.bytes.length < length && `${formatBytes(message.bytes.length)} have come`,
    type?.name,
    grpcStatus(readHeaders(headerText)),
  ].filter(Boolean)
  outline.open([
    { text: trailers ? 'trailers ' : `#${number} `, tone: 'name' },
    { text: notes.join(', '), tone: 'dim' },
    { text: problem ? `, ${problem}` : '', tone: 'bad' },
  ])
  if (trailers) for (const line of headerText.split(/\r?\n/).filter(Boolean)) outline.line(line)
  else {
    const fields = problem || message.bytes.length < length ? undefined : readMessage(decoded.bytes)
    if (fields) protoLines(outline, fields, schema, type)
    else for (const { text } of hexLines(decoded.bytes.subarray(0, 512))) outline.line(text)
  }
  outline.close()
}

const problemOf = (problem: string | undefined, encoding: string | undefined): string | undefined =>
  encoding === undefined || encoding === 'identity' ? 'compressed, and no grpc-encoding says how' : problem

const statusNames = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED'],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
]

/** How the call of a response ended; undefined where it is none of gRPC. Not yet printable. */
export const grpcOutcome = ({ head, trailers = [] }: Message<ResponseHead>): string | undefined =>
  grpcStatus([...head.headers, ...trailers])

/** `5 NOT_FOUND: no such user`, from trailers or, where a response has no body, headers. Not yet printable. */
export function grpcStatus(fields: readonly (readonly [name: string, value: string])[]): string | undefined {
  const value = (wanted: string) => fields.find(([name]) => name.toLowerCase() === wanted)?.[1]
  const status = value('grpc-status')
  if (status === undefined) return undefined
  const name = /^\d+$/.test(status) ? (statusNames[Number(status)] ?? 'unknown status') : 'no number'
  const message = value('grpc-message')
  return `${status} ${name}${message ? `: ${unescaped(message)}` : ''}`
}

/** Percent-encoded UTF-8; what does not decode stays as it is. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
