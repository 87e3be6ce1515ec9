import type { Upgradable } from './upgradable.ts'

const header = 4 // three bytes of length, little-endian, and a number
const requestLength = 32 // of an SSLRequest: the beginning of a HandshakeResponse41
const clientSsl = 0x0800
const protocolVersion = 10

/** The server greets, and the client that wants TLS says so in a short answer and goes on in TLS at once. */
export const mysql: Upgradable = {
  speaksFirst: 'to-client',
  begins: first =>
    first.length > header &&
    first[3] === 0 &&
    first[header] === protocolVersion &&
    first.readUIntLE(0, 3) > requestLength,
  asks: turn => {
    if (turn.length < header + requestLength || turn.readUIntLE(0, 3) !== requestLength || turn[3] !== 1)
      return undefined
    return turn.readUInt16LE(header) & clientSsl ? header + requestLength : undefined
  },
}
