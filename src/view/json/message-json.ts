import { extensionName } from '../../compare/names.ts'
import type { Direction } from '../../wire/direction.ts'
import { type Field, hex } from '../../wire/reader.ts'
import type { Check, Handshake, HandshakeMessage, TlsRecord } from '../../wire/tls/handshake.ts'
import type { Extension, MessageValue } from '../../wire/tls/values.ts'

export type DirectionJson = 'C>S' | 'S>C'

export const directionJson = (direction: Direction): DirectionJson => (direction === 'to-server' ? 'C>S' : 'S>C')

export interface FieldJson {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly shown: string
  readonly children?: readonly FieldJson[]
}

export interface MessageJson {
  readonly index: number
  readonly direction: DirectionJson
  readonly contentType: number
  readonly type?: number
  readonly name: string
  readonly length: number
  readonly time: number
  readonly records: readonly number[]
  readonly encrypted: boolean
  readonly fields: readonly FieldJson[]
  readonly extensions?: readonly { readonly type: number; readonly name: string; readonly data: string }[]
  readonly checks: readonly Check[]
  readonly malformed?: string
  /** The whole message in hex, in which the fields' offsets count; only where it was asked for. */
  readonly bytes?: string
}

export interface RecordJson {
  readonly direction: DirectionJson
  readonly time: number
  readonly offset: number
  readonly type: number
  readonly innerType?: number
  readonly version: number
  readonly length: number
  readonly encrypted: boolean
  readonly opened: boolean
  /** Nothing else of it was kept. */
  readonly headerOnly?: true
}

/** Every message of a leg; times in ms since the connection opened. */
export const messagesJson = ({ messages }: Handshake, openedAt: number, withBytes = false): MessageJson[] =>
  messages.map((message, index) => ({
    ...messageJson(message, index, openedAt),
    ...(withBytes && { bytes: hex(message.bytes) }),
  }))

function messageJson(message: HandshakeMessage, index: number, openedAt: number): MessageJson {
  const { contentType, type, name, length, records, encrypted, value, checks, malformed } = message
  const extensions = extensionsOf(value)
  return {
    index,
    direction: directionJson(message.direction),
    contentType,
    ...(type !== undefined && { type }),
    name,
    length,
    time: message.at - openedAt,
    records,
    encrypted,
    fields: message.fields.map(fieldJson),
    ...(extensions && { extensions: extensions.map(extensionJson) }),
    checks,
    ...(malformed !== undefined && { malformed }),
  }
}

export const fieldJson = ({ name, start, end, shown, children }: Field): FieldJson => ({
  name,
  start,
  end,
  shown,
  ...(children && { children: children.map(fieldJson) }),
})

const extensionJson = ({ type, data }: Extension) => ({ type, name: extensionName(type), data: hex(data) })

function extensionsOf(value: MessageValue): readonly Extension[] | undefined {
  if (value.name === 'encrypted_extensions') return value.extensions.extensions
  return 'hello' in value ? value.hello.extensions : undefined
}

export const recordsJson = ({ records }: Handshake, openedAt: number): RecordJson[] =>
  records.map(
    ({ direction, at, offset, type, innerType, version, length, encrypted, opened, headerOnly }: TlsRecord) => ({
      direction: directionJson(direction),
      time: at - openedAt,
      offset,
      type,
      ...(innerType !== undefined && { innerType }),
      version,
      length,
      encrypted,
      opened,
      ...(headerOnly && { headerOnly }),
    }),
  )
