import { readdirSync, readFileSync } from 'node:fs'
import type { Direction } from '../../../src/wire/direction.ts'
import type { Field } from '../../../src/wire/reader.ts'
import {
  type MessageContext,
  type ReadMessage,
  readAlert,
  readChangeCipherSpec,
  readHandshakeMessage,
} from '../../../src/wire/tls/read-message.ts'

/** One message of a handshake in test/fixtures/tls, with what was negotiated when it was sent. */
export interface FixtureMessage {
  readonly bytes: Uint8Array
  readonly protocol: 'Handshake' | 'Alert' | 'ChangeCipherSpec'
  readonly context: MessageContext
}

/** Spaces are for the reader of the test. */
export const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))

const folder = new URL('../../fixtures/tls/', import.meta.url)

export const fixtureNames: readonly string[] = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => name.replace('.json', ''))

interface Row {
  readonly direction: Direction
  readonly protocol: FixtureMessage['protocol']
  readonly hex: string
}

export function fixtureMessages(name: string): FixtureMessage[] {
  const { messages } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as { messages: Row[] }
  let agreed: Omit<MessageContext, 'direction'> = {}
  return messages.map(({ direction, protocol, hex }) => {
    const bytes = fromHex(hex)
    if (protocol === 'Handshake' && bytes[0] === 1) agreed = {}
    const context = { ...agreed, direction }
    if (protocol === 'Handshake' && bytes[0] === 2) agreed = agreedIn(readHandshakeMessage(bytes, context))
    return { bytes, protocol, context }
  })
}

function agreedIn({ value }: ReadMessage): Omit<MessageContext, 'direction'> {
  if (value.name !== 'server_hello') return {}
  return { version: value.hello.selectedVersion ?? value.hello.legacyVersion, cipherSuite: value.hello.cipherSuite }
}

export function readFixture({ bytes, protocol, context }: FixtureMessage): ReadMessage {
  if (protocol === 'Alert') return readAlert(bytes)
  return protocol === 'Handshake' ? readHandshakeMessage(bytes, context) : readChangeCipherSpec(bytes)
}

/** The messages of a fixture that are of a type, decoded. */
export const readAll = (name: string): ReadMessage[] => fixtureMessages(name).map(readFixture)

export const clientHellos: readonly (readonly [string, Uint8Array])[] = fixtureNames.flatMap(name =>
  fixtureMessages(name)
    .filter(({ protocol, bytes }) => protocol === 'Handshake' && bytes[0] === 1)
    .map(({ bytes }) => [name, bytes] as const),
)

/** A length of `width` bytes and the bytes, in hex. */
export const vectorHex = (width: number, hex: string): string => {
  const clean = hex.replaceAll(/\s/g, '')
  return (clean.length / 2).toString(16).padStart(width * 2, '0') + clean
}

export const leaves = (fields: readonly Field[]): Field[] =>
  fields.flatMap(field => (field.children?.length ? leaves(field.children) : [field]))

/** The first field of a name anywhere in the tree. */
export function fieldNamed(fields: readonly Field[], name: string): Field | undefined {
  for (const field of fields) {
    const found = field.name === name ? field : fieldNamed(field.children ?? [], name)
    if (found) return found
  }
  return undefined
}

export const shownOf = (fields: readonly Field[], name: string): string | undefined => fieldNamed(fields, name)?.shown
