import type { HelloRecords } from '../hello/seen-hello.ts'
import type { Once } from '../once.ts'
import type { WireTap } from '../socket/wire-tap.ts'

const handshakeRecord = 22
const clientHelloType = 1
const lastChance = 1000 // ms for a client whose server cannot be reached to ask, and to hear why
const longestHello = 65_536 // a real one stays below 4 KB; a longer one goes on as it is and TLS judges it

/** What a client said first inside its tunnel. */
export type FirstWords =
  /** `message` is the whole ClientHello with its four header bytes, free of record headers. */
  | { readonly kind: 'hello'; readonly message: Buffer; readonly records: HelloRecords }
  /** It speaks TLS (perhaps SSLv2), but there is no ClientHello to read. */
  | { readonly kind: 'odd-tls' }
  | { readonly kind: 'not-tls' }
  /** It ended before it had said enough. */
  | { readonly kind: 'gone'; readonly bytes: number }
  /** Nothing whole came in time. */
  | { readonly kind: 'silent'; readonly bytes: number }

/** What of a dial the wait for a client has to do with. */
export interface Dial {
  readonly hurry: Once
  giveUp(): void
  onFailure(failed: () => void): void
}

/**
 * The client's first words, for `patience` ms, unless the server speaks first. A client that goes, or goes later while
 * it waits for the server, gives the dial up.
 */
export async function hearClient(
  client: WireTap,
  dial: Dial,
  patience: number,
): Promise<{ readonly words: FirstWords; readonly serverSpoke: boolean }> {
  const { hurry } = dial
  let waiting: NodeJS.Timeout | undefined
  dial.onFailure(() => {
    if (!hurry.happened) waiting = setTimeout(() => hurry.happen(), Math.min(patience / 2, lastChance))
  })
  const words = await peekHello(client, patience, hurry)
  clearTimeout(waiting)
  const serverSpoke = hurry.happened
  hurry.happen()
  if (words.kind === 'hello') client.hold(() => dial.giveUp())
  else if (words.kind === 'gone') dial.giveUp()
  return { words, serverSpoke }
}

/** Waits for the client's first message and leaves every byte unread. `silentAfter` in ms. */
export function peekHello(tap: WireTap, silentAfter: number, hurry: Once): Promise<FirstWords> {
  return new Promise(resolve => {
    let bytes: Buffer = Buffer.alloc(0)
    const timer = setTimeout(() => settle({ kind: 'silent', bytes: bytes.length }), silentAfter)
    const settle = (words: FirstWords): void => {
      clearTimeout(timer)
      hurry.off(hurried)
      tap.off('data', onData).off('end', onEnd).off('close', onEnd)
      tap.pause()
      tap.unshift(bytes)
      resolve(words)
    }
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk])
      const words = firstWords(bytes)
      if (words) settle(words)
    }
    const onEnd = (): void => settle({ kind: 'gone', bytes: bytes.length })
    const hurried = (): void => {
      if (bytes.length === 0) settle({ kind: 'silent', bytes: 0 })
    }
    hurry.on(hurried)
    tap.on('data', onData).once('end', onEnd).once('close', onEnd)
    tap.resume()
  })
}

/** Some protocols let the server speak first; TLS does not, so its first words end the wait for a hello. */
export function hurryWhenServerSpeaks(server: WireTap, hurry: Once): void {
  const spoken = (bytes: Buffer): void => {
    hurry.off(stop)
    server.pause()
    server.unshift(Buffer.from(bytes))
    hurry.happen()
  }
  const stop = (): void => {
    server.off('data', spoken)
  }
  hurry.on(stop)
  server.once('data', spoken)
  server.resume()
}

/** What the bytes are, or undefined while it takes more to say. RFC 8446 5.1, RFC 5246 E.2 for the SSLv2 form. */
export function firstWords(bytes: Buffer): FirstWords | undefined {
  if (bytes.length === 0) return undefined
  if (bytes[0] !== handshakeRecord) {
    if ((bytes[0]! & 0x80) === 0) return { kind: 'not-tls' }
    if (bytes.length < 3) return undefined
    return { kind: bytes[2] === clientHelloType ? 'odd-tls' : 'not-tls' }
  }
  if (bytes.length > 1 && bytes[1] !== 3) return { kind: 'not-tls' }
  const parts: Buffer[] = []
  let gathered = 0
  for (let at = 0; at + 5 <= bytes.length; ) {
    if (bytes[at] !== handshakeRecord) return { kind: 'odd-tls' }
    const end = at + 5 + bytes.readUInt16BE(at + 3)
    const part = bytes.subarray(at + 5, end)
    parts.push(part)
    gathered += part.length
    if (gathered >= 4) {
      const message = parts.length === 1 ? part : Buffer.concat(parts)
      if (message[0] !== clientHelloType) return { kind: 'odd-tls' }
      const length = 4 + message.readUIntBE(1, 3)
      if (length > longestHello) return { kind: 'odd-tls' }
      if (gathered >= length)
        return { kind: 'hello', message: message.subarray(0, length), records: recordsOf(bytes, parts) }
    }
    at = end
  }
  return bytes.length > longestHello ? { kind: 'odd-tls' } : undefined
}

const recordsOf = (bytes: Buffer, parts: readonly Buffer[]): HelloRecords => ({
  version: bytes.readUInt16BE(1),
  lengths: parts.map(({ length }) => length),
})
