import { maxFragmentLengths, showByte } from '../registry/parameters.ts'
import { count, shortHex } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** Sizes: of records, of the hello. */

const showMaxFragment = showByte(maxFragmentLengths)

/** RFC 6066 4 */
export const maxFragmentLength: Decode = r => ({
  shown: showMaxFragment(r.u8('max_fragment_length', showMaxFragment)),
})

/** RFC 8449 4: bytes of plaintext; in TLS 1.3 the content type and padding count too. */
export const recordSizeLimit: Decode = r => ({
  shown: `${r.u16('record_size_limit', value => `${value} bytes`)} bytes`,
})

/** RFC 7685 3: zeros, and only zeros. */
export const padding: Decode = r => {
  const isZero = (bytes: Uint8Array) => bytes.every(byte => byte === 0)
  const bytes = r.rest('padding', value => (isZero(value) ? count(value.length, 'zero byte') : shortHex(value)))
  return { shown: isZero(bytes) ? count(bytes.length, 'byte') : `${count(bytes.length, 'byte')}, not all zero` }
}
