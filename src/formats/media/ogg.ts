import { ascii, mediaFacts, type ReadMedia } from './facts.ts'

interface Track {
  readonly text: string
  /** Granules in a second. */
  readonly rate: number
}

/** Ogg (RFC 3533): the first packets name the codecs, the last page tells the duration when the whole file is here. */
export const readOgg: ReadMedia = (bytes, wholeLength) => {
  if (ascii(bytes, 0, 4) !== 'OggS') return undefined
  const tracks: Track[] = []
  let at = 0
  while (at + 27 < bytes.length && ascii(bytes, at, at + 4) === 'OggS' && bytes[at + 5]! & 2 && tracks.length < 16) {
    const segments = bytes[at + 26]!
    const table = bytes.subarray(at + 27, at + 27 + segments)
    const start = at + 27 + segments
    const length = table.reduce((sum, each) => sum + each, 0)
    tracks.push(trackOf(bytes.subarray(start, start + length)))
    at = start + length
  }
  const last = wholeLength === bytes.length ? lastGranule(bytes) : undefined
  const rate = tracks.find(track => track.rate > 0)?.rate
  const seconds = last !== undefined && rate !== undefined ? last / rate : undefined
  return mediaFacts(
    'Ogg',
    seconds,
    tracks.map(({ text }) => text),
  )
}

function trackOf(packet: Uint8Array): Track {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length)
  if (ascii(packet, 1, 7) === 'vorbis' && packet.length >= 16) {
    const rate = view.getUint32(12, true)
    return { text: `audio Vorbis, ${rate} Hz, ${packet[11]} channels`, rate }
  }
  // Opus counts in 48 kHz whatever it was made from (RFC 7845 4).
  if (ascii(packet, 0, 8) === 'OpusHead' && packet.length >= 10)
    return { text: `audio Opus, ${packet[9]} channels`, rate: 48_000 }
  if (ascii(packet, 1, 7) === 'theora') return { text: 'video Theora', rate: 0 }
  if (ascii(packet, 1, 5) === 'FLAC') return { text: 'audio FLAC', rate: 0 }
  if (ascii(packet, 0, 5) === 'Speex') return { text: 'audio Speex', rate: 0 }
  return { text: 'a codec that is not known', rate: 0 }
}

const largestPage = 65_307 // RFC 3533 6

function lastGranule(bytes: Uint8Array): number | undefined {
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - largestPage)))
  const at = tail.lastIndexOf('OggS')
  return at < 0 || at + 14 > tail.length ? undefined : Number(tail.readBigInt64LE(at + 6))
}
