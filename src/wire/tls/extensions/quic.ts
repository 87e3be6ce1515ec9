import type { ByteReader } from '../../reader.ts'
import { isReservedQuicParameter, quicIntegers, quicParameters } from '../registry/quic-parameters.ts'
import { count, shortHex } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** RFC 9000 18: parameters of a QUIC connection, a list without a length in front. */
export const quicTransportParameters: Decode = (r, _context, bytes) => {
  const names = r.list(item => readParameter(item, bytes))
  return { shown: count(names.length, 'parameter') }
}

const readParameter = (r: ByteReader, bytes: Uint8Array): string =>
  r.group(
    'transport_parameter',
    parameter => {
      const id = readVarint(parameter, bytes, 'id', nameOfParameter)
      const length = Number(readVarint(parameter, bytes, 'parameter_length'))
      const name = nameOfParameter(id)
      if (!quicIntegers.has(Number(id))) return `${name}: ${shortHex(parameter.bytes(length, 'value', shortHex))}`
      const value = parameter.block(length, 'value')
      const number = readVarint(value, bytes, 'integer')
      value.end()
      return `${name}: ${number}`
    },
    shown => shown,
  )

function nameOfParameter(id: bigint): string {
  const name = quicParameters[Number(id)]
  if (name !== undefined) return name
  return isReservedQuicParameter(id) ? `GREASE (0x${id.toString(16)})` : `0x${id.toString(16)}`
}

/** RFC 9000 16: the first two bits say how many bytes. */
function readVarint(r: ByteReader, bytes: Uint8Array, name: string, show: (value: bigint) => string = String): bigint {
  const length = r.remaining > 0 ? 1 << (bytes[r.offset]! >> 6) : 1
  return varint(r.bytes(length, name, value => show(varint(value))))
}

const varint = (bytes: Uint8Array): bigint =>
  bytes.reduce((sum, byte, index) => sum * 256n + BigInt(index === 0 ? byte & 0x3f : byte), 0n)
