import { hex } from '../reader.ts'

/** The secrets of one handshake by their label in the NSS key log format. */
export interface KeyLog {
  /** By label, such as CLIENT_RANDOM or SERVER_TRAFFIC_SECRET_0. */
  readonly secrets: ReadonlyMap<string, Uint8Array>
}

const secretHex = /^[0-9a-f]{2,512}$/i

/** The secrets that were logged for a client random. Lines of other connections, comments and bad lines are skipped. */
export function readKeyLog(lines: readonly string[], clientRandom: Uint8Array): KeyLog {
  return { secrets: new Map(linesAbout(lines, hex(clientRandom))) }
}

/** The pre-master secret that an `RSA` line gives for an encrypted pre-master secret, told by its first 8 bytes. */
export function preMasterFor(lines: readonly string[], encrypted: Uint8Array): Uint8Array | undefined {
  return new Map(linesAbout(lines, hex(encrypted.subarray(0, 8)))).get('RSA')
}

/**
 * The key of a ticket of TLS 1.3, which no label of NSS's has: nothing that is logged leads to it (RFC 8446 7.1). Told by
 * the ticket's first bytes, and good for the next connection that offers it.
 */
export const ticketKeyLabel = 'RESUMPTION_PSK'
const told = 32 // bytes of a ticket; OpenSSL's name and IV are 32, and a shorter one is whole

export const ticketKeyLine = (ticket: Uint8Array, psk: Uint8Array): string =>
  `${ticketKeyLabel} ${hex(ticket.subarray(0, told))} ${hex(psk)}`

/** The pre-shared key that a `RESUMPTION_PSK` line gives for a ticket. */
export function ticketKeyFor(lines: readonly string[], ticket: Uint8Array): Uint8Array | undefined {
  return new Map(linesAbout(lines, hex(ticket.subarray(0, told)))).get(ticketKeyLabel)
}

function* linesAbout(lines: readonly string[], about: string): Generator<[string, Uint8Array]> {
  for (const line of lines) {
    const start = line.indexOf(' ') + 1
    if (line.slice(start, start + about.length).toLowerCase() !== about) continue // cheap: a log may have many others
    const [label, subject, secret, ...more] = line.trim().split(' ')
    if (!label || !secret || more.length > 0 || label.startsWith('#')) continue
    if (subject?.length !== about.length || secret.length % 2 === 1 || !secretHex.test(secret)) continue
    yield [label, Buffer.from(secret, 'hex')]
  }
}
