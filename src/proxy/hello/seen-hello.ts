import { readClientHello } from '../../wire/tls/messages/client-hello.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { shapeOf } from './shape.ts'

/** What a ClientHello came in. */
export interface HelloRecords {
  /** Of the first. */
  readonly version: number
  /** Bytes of each. */
  readonly lengths: readonly number[]
}

/** A client's ClientHello, read once for all who need to know of it. */
export interface SeenHello {
  /** The bytes, with the four header bytes. */
  readonly message: Buffer
  readonly hello: ClientHello
  readonly records?: HelloRecords
  /** Equal for hellos that may share one mirrored context. */
  readonly shape: string
}

/** Undefined where the bytes are no ClientHello: the dissector names what is wrong with them, and TLS decides what becomes of it. */
export function seeHello(message: Buffer, records?: HelloRecords): SeenHello | undefined {
  try {
    const hello = readClientHello(message)
    return { message, hello, shape: shapeOf(hello), ...(records && { records }) }
  } catch {
    return undefined
  }
}
