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

const codecs: Readonly<Record<number, string>> = {
  1: 'PCM',
  3: 'float PCM',
  6: 'A-law',
  7: 'µ-law',
  85: 'MP3',
  65534: 'extensible',
}

/** RIFF WAVE: the chunks `fmt ` and `data`. */
export const readWav: ReadMedia = bytes => {
  if (ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WAVE') return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let track: string | undefined
  let perSecond = 0
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = ascii(bytes, at, at + 4)
    const length = view.getUint32(at + 4, true)
    if (name === 'fmt ' && at + 24 <= bytes.length) {
      const codec = view.getUint16(at + 8, true)
      perSecond = view.getUint32(at + 16, true)
      const rate = view.getUint32(at + 12, true)
      track = `audio ${codecs[codec] ?? `codec ${codec}`}, ${rate} Hz, ${view.getUint16(at + 10, true)} channels, ${view.getUint16(at + 22, true)} bits`
    } else if (name === 'data')
      return mediaFacts('WAV', perSecond > 0 ? length / perSecond : undefined, track === undefined ? [] : [track])
    at += 8 + length + (length & 1)
  }
  return mediaFacts('WAV', undefined, track === undefined ? [] : [track])
}
