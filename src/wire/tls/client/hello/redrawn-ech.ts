import { randomBytes, randomFillSync } from 'node:crypto'
import { u16 } from '../../../bytes.ts'
import { keyPair } from '../groups/named-groups.ts'

const outer = 0
const configIdAt = 5 // behind type, KDF and AEAD
const encAt = configIdAt + 3 // behind the id and a length

/**
 * The encrypted_client_hello of a client that means it, made into GREASE of the same shape (RFC 9849 6.2): config id, enc and
 * payload are drawn anew, suite and lengths stay. The server could open the client's, and would go on with the hello inside,
 * which nobody here has. Undefined where the extension has another form.
 */
export function redrawnEch(data: Uint8Array): Buffer | undefined {
  if (data.length < encAt || data[0] !== outer) return undefined
  const length = u16(data, configIdAt + 1)
  const payloadAt = encAt + length + 2
  if (data.length < payloadAt || data.length !== payloadAt + u16(data, payloadAt - 2)) return undefined
  const drawn = Buffer.from(data)
  drawn.set(randomBytes(1), configIdAt)
  drawn.set(freshEnc(length), encAt)
  randomFillSync(drawn, payloadAt)
  return drawn
}

const groupOfLength: Readonly<Record<number, number>> = { 32: 29, 65: 23, 97: 24, 133: 25, 56: 30 }

/** An encapsulated key that its KEM would take (RFC 9180 7.1): those of HPKE have the form of a share. */
function freshEnc(length: number): Uint8Array {
  const group = groupOfLength[length]
  return (group !== undefined && keyPair(group)?.share) || randomBytes(length)
}
