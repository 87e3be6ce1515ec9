import { ascii, mediaFacts, type ReadMedia } from './facts.ts'

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
