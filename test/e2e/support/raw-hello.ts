import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type RawExtension = readonly [type: number, data: Uint8Array]

export interface RawHello {
  readonly version?: number
  readonly suites?: readonly number[]
  readonly compression?: readonly number[]
  readonly sessionId?: Uint8Array
  /** Absent: the hello ends before them, as hellos did before there were any. */
  readonly extensions?: readonly RawExtension[] | undefined
}

export const u16 = (number: number): Buffer => Buffer.of(number >> 8, number & 0xff)
export const list8 = (...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(content.length), content])
}
export const list16 = (...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([u16(content.length), content])
}

const numbers = (list: readonly number[]): Buffer => list16(...list.map(u16))
const modern = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030]

/** A ClientHello with its four header bytes. */
export function rawHello(hello: RawHello): Buffer {
  const { version = 0x0303, suites = modern, compression = [0], sessionId = randomBytes(32), extensions } = hello
  const body = Buffer.concat([
    ...[u16(version), randomBytes(32), list8(sessionId), numbers(suites), list8(Buffer.from(compression))],
    ...(extensions ? [list16(...extensions.map(([type, data]) => Buffer.concat([u16(type), list16(data)])))] : []),
  ])
  return Buffer.concat([Buffer.of(1, 0), u16(body.length), body])
}

/** A message in records of at most `most` bytes. */
export function inRecords(message: Buffer, version = 0x0301, most = 16_384): Buffer[] {
  const count = Math.ceil(message.length / most)
  return Array.from({ length: count }, (_, index) =>
    Buffer.concat([Buffer.of(22), u16(version), list16(message.subarray(index * most, (index + 1) * most))]),
  )
}

const x25519 = 29
export const schemes = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]

/** The extensions that a client has to send today, for a server's name. */
export const named = (host: string): RawExtension => [0, list16(Buffer.of(0), list16(Buffer.from(host)))]
export const groups = (...list: readonly number[]): RawExtension => [10, numbers(list)]
export const signatures: RawExtension = [13, numbers(schemes)]
export const versions = (...list: readonly number[]): RawExtension => [43, list8(...list.map(u16))]
export const shares = (...list: readonly (readonly [group: number, key: Uint8Array])[]): RawExtension => [
  51,
  list16(...list.map(([group, key]) => Buffer.concat([u16(group), list16(key)]))),
]
export const usual = (host: string): readonly RawExtension[] => [
  named(host),
  groups(x25519, 23, 24),
  signatures,
  versions(0x0304, 0x0303),
  [45, list8(Buffer.of(1))],
  shares([x25519, randomBytes(32)]),
]

/** Says the bytes through a proxy's tunnel, one piece after the other, and waits until something is said back. */
export async function sayRaw(proxyPort: number, host: string, port: number, pieces: readonly Buffer[]): Promise<void> {
  const socket = connect({ port: proxyPort, host: '127.0.0.1', noDelay: true })
  let [answered, done]: [() => void, () => void] = [() => {}, () => {}]
  const opened = new Promise<void>(resolve => {
    answered = resolve
  })
  const said = new Promise<void>(resolve => {
    done = resolve
  })
  let head = ''
  socket.on('data', bytes => {
    if (head.includes('\r\n\r\n')) return done()
    head += bytes.toString('latin1')
    if (head.includes('\r\n\r\n')) answered()
  })
  socket.on('error', () => {}).on('close', () => [answered(), done()])
  socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`)
  await opened
  for (const piece of pieces) {
    socket.write(piece)
    await sleep(5) // a segment each
  }
  const patience = setTimeout(() => socket.destroy(), 10_000)
  await said
  clearTimeout(patience)
  socket.end()
  await sleep(20)
  socket.destroy()
}
