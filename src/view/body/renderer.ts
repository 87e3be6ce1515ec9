import type { Allowance } from '../../formats/decode.ts'
import type { ProtoSchema } from '../../formats/protobuf/proto-schema.ts'
import type { Header, Side } from '../../model/exchange.ts'
import type { BodyLine } from './outline.ts'

/** What a renderer is handed: content codings already undone. */
export interface RenderInput {
  readonly bytes: Uint8Array
  /** The media type without parameters, in lower case; empty where there was none. */
  readonly mediaType: string
  readonly charset?: string
  /** Delimiter of a multipart body. */
  readonly boundary?: string
  /** How the messages of a gRPC body are compressed. */
  readonly grpcEncoding?: string
  /** True where `bytes` is only the beginning of the body. */
  readonly cut?: boolean
  /** Length of the whole body in bytes where `bytes` is only its beginning, and the length is known. */
  readonly wholeLength?: number
}

/** Where a body comes from; by it a schema knows the types of gRPC's messages. */
export interface Call {
  readonly side: Side
  /** The request's. */
  readonly path: string
  readonly schema?: ProtoSchema | undefined
}

export interface RenderContext {
  readonly maxLines: number
  /** For what a renderer unpacks itself. */
  readonly allowance: Allowance
  readonly call?: Call | undefined
  /** Lines of a body inside this one, such as a part of a multipart body. */
  readonly nested: (bytes: Uint8Array, headers: readonly Header[], maxLines: number) => readonly BodyLine[]
}

/** Lines to show. Undefined where the bytes are not what the renderer reads. Never throws. */
export type Render = (input: RenderInput, context: RenderContext) => readonly BodyLine[] | undefined

/** Renderers of text look at this many bytes at most. */
export const mostTextBytes = 1024 * 1024

/** True where a renderer of text does not see the whole body. */
export const isCut = ({ bytes, cut = false }: RenderInput): boolean => cut || bytes.length > mostTextBytes
