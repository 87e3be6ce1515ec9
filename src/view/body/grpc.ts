import { type Allowance, type DecodedBody, decodeBody } from '../../formats/decode.ts'
import { decodeGrpcWebText, type GrpcMessage, splitGrpc } from '../../formats/grpc.ts'
import { readHeaders } from '../../formats/multipart.ts'
import { emptySchema, methodType, type ProtoSchema } from '../../formats/protobuf/proto-schema.ts'
import { readMessage } from '../../formats/protobuf/wire-tree.ts'
import type { Message, ResponseHead } from '../../model/exchange.ts'
import { formatBytes } from '../format.ts'
import { hexLines } from '../hex-lines.ts'
import { Outline } from './outline.ts'
import { protoLines } from './protobuf-lines.ts'
import type { Call, Render } from './renderer.ts'

export type { ProtoSchema }

const mostMessage = 4 * 1024 * 1024 // inflated, to be shown

/** The length-prefixed messages of gRPC and gRPC-web as foldable trees, with names where the call has a schema. */
export const renderGrpc: Render = ({ bytes, mediaType, grpcEncoding }, { maxLines, allowance, call }) => {
  const outline = new Outline(maxLines)
  const messages = splitGrpc(/-text(\+|$)/.test(mediaType) ? decodeGrpcWebText(bytes) : bytes)
  for (const [index, message] of messages.entries()) {
    if (outline.full) outline.line('')
    else messageLines(outline, index + 1, message, { encoding: grpcEncoding, allowance, call })
  }
  return messages.length > 0 ? outline.finish() : undefined
}

interface Around {
  /** The grpc-encoding header. */
  readonly encoding: string | undefined
  readonly allowance: Allowance
  readonly call: Call | undefined
}

function messageLines(outline: Outline, number: number, message: GrpcMessage, around: Around): void {
  const { encoding, allowance, call } = around
  const { compressed, trailers, length } = message
  const decoded: DecodedBody = compressed
    ? decodeBody(message.bytes, encoding, { maxBytes: mostMessage, allowance })
    : { bytes: message.bytes, undone: [] }
  const problem = compressed ? problemOf(decoded.problem, encoding) : undefined
  const schema = call?.schema ?? emptySchema
  const type = trailers || !call ? undefined : methodType(schema, call.path, call.side)
  const headerText = trailers ? new TextDecoder('latin1').decode(decoded.bytes) : ''
  const notes = [
    formatBytes(length),
    compressed && !problem && `${encoding} to ${formatBytes(decoded.bytes.length)}`,
    message.bytes.length < length && `${formatBytes(message.bytes.length)} have arrived`,
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
  encoding === undefined || encoding === 'identity' ? 'compressed, but grpc-encoding does not say how' : problem

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
  const name = /^\d+$/.test(status) ? (statusNames[Number(status)] ?? 'unknown status') : 'not a number'
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
