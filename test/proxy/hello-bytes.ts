/** What a test's ClientHello is made of; everything has a default. */
export interface HelloParts {
  readonly version?: number
  readonly random?: number
  readonly sessionId?: number
  readonly suites?: readonly number[]
  /** Extensions in their order; the body is the bytes. */
  readonly extensions?: readonly (readonly [type: number, body: Buffer])[]
}

export const u16 = (...values: readonly number[]): Buffer =>
  Buffer.from(values.flatMap(value => [value >> 8, value & 255]))
export const list16 = (...values: readonly number[]): Buffer => Buffer.concat([u16(values.length * 2), u16(...values)])

export const serverNameBody = (name: string): Buffer =>
  Buffer.concat([u16(name.length + 3), Buffer.from([0]), u16(name.length), Buffer.from(name)])
export const keyShareBody = (group: number, fill: number): Buffer =>
  Buffer.concat([u16(36), u16(group), u16(32), Buffer.alloc(32, fill)])
export const versionsBody = (...versions: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from([versions.length * 2]), u16(...versions)])

export const usualExtensions: readonly (readonly [number, Buffer])[] = [
  [0, serverNameBody('a.example')],
  [10, list16(29, 23)],
  [13, list16(0x0403, 0x0804)],
  [43, versionsBody(0x0304, 0x0303)],
  [51, keyShareBody(29, 1)],
]

/** A ClientHello with its four header bytes. */
export function helloMessage(parts: HelloParts = {}): Buffer {
  const suites = parts.suites ?? [0x1301, 0x1302, 0xc02b]
  const extensions = (parts.extensions ?? usualExtensions).map(([type, body]) =>
    Buffer.concat([u16(type, body.length), body]),
  )
  const block = Buffer.concat(extensions)
  const body = Buffer.concat([
    u16(parts.version ?? 0x0303),
    Buffer.alloc(32, parts.random ?? 7),
    Buffer.from([32]),
    Buffer.alloc(32, parts.sessionId ?? 9),
    list16(...suites),
    Buffer.from([1, 0]),
    u16(block.length),
    block,
  ])
  return Buffer.concat([Buffer.from([1, 0]), u16(body.length), body])
}

/** Bytes as handshake records of at most so many bytes each. */
export function inRecords(message: Buffer, most = 16_384): Buffer {
  const records: Buffer[] = []
  for (let at = 0; at < message.length; at += most) {
    const part = message.subarray(at, at + most)
    records.push(Buffer.concat([Buffer.from([22, 3, 1]), u16(part.length), part]))
  }
  return Buffer.concat(records)
}
