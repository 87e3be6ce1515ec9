import { nameBytes } from '../../../src/wire/dns/name.ts'

const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 255)

export const parameter = (key: number, value: Uint8Array): Buffer => Buffer.concat([u16(key), u16(value.length), value])

export const alpnValue = (...protocols: readonly string[]): Buffer =>
  Buffer.concat(protocols.map(name => Buffer.concat([Buffer.of(name.length), Buffer.from(name)])))

/** The data of an HTTPS record (RFC 9460 2.2). */
export const serviceData = (priority: number, target: string, ...parameters: readonly Uint8Array[]): Buffer =>
  Buffer.concat([u16(priority), target === '' ? Buffer.of(0) : nameBytes(target), ...parameters])

interface AnswerBytes {
  readonly id?: number
  readonly name: string
  readonly flags?: number
  readonly records: readonly { readonly type?: number; readonly data: Uint8Array }[]
}

/** A resolver's answer to the question for the HTTPS records of a name. */
export function answerBytes({ id = 7, name, flags = 0x8180, records }: AnswerBytes): Buffer {
  const head = Buffer.concat([u16(id), u16(flags), u16(1), u16(records.length), u16(0), u16(0)])
  const answers = records.map(({ type = 65, data }) =>
    Buffer.concat([Buffer.of(0xc0, 12), u16(type), u16(1), Buffer.of(0, 0, 1, 44), u16(data.length), data]),
  )
  return Buffer.concat([head, nameBytes(name), u16(65), u16(1), ...answers])
}
