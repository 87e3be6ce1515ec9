import { ascii, mediaFacts, type ReadMedia } from './facts.ts'

/** FLAC: the STREAMINFO block comes first (RFC 9639 8.2). */
export const readFlac: ReadMedia = bytes => {
  if (ascii(bytes, 0, 4) !== 'fLaC') return undefined
  if (bytes.length < 26) return mediaFacts('FLAC', undefined, [])
  const at = (index: number) => bytes[index]!
  const rate = (at(18) << 12) | (at(19) << 4) | (at(20) >> 4)
  const channels = ((at(20) >> 1) & 7) + 1
  const bits = (((at(20) & 1) << 4) | (at(21) >> 4)) + 1
  const samples = (at(21) & 0x0f) * 2 ** 32 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(22)
  return mediaFacts('FLAC', rate > 0 ? samples / rate : undefined, [
    `audio FLAC, ${rate} Hz, ${channels} channels, ${bits} bits`,
  ])
}
