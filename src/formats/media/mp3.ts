import { ascii, mediaFacts, type ReadMedia } from './facts.ts'

const rates = [44_100, 48_000, 32_000] as const
// kbit/s of layer III by index, for MPEG-1 and for MPEG-2 and 2.5 (ISO/IEC 11172-3 2.4.2.3, 13818-3).
const bitrates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const bitrates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const furthest = 64 * 1024

/** MPEG audio layer III: the first frame behind an ID3v2 tag; frames of variable bit rate are counted by a Xing header. */
export const readMp3: ReadMedia = (bytes, wholeLength) => {
  const tagged = ascii(bytes, 0, 3) === 'ID3'
  const start = tagged ? 10 + synchsafe(bytes) : 0
  const at = tagged ? firstFrame(bytes, start) : isFrame(bytes, 0) ? 0 : undefined
  if (at === undefined) return tagged ? mediaFacts('MP3', undefined, []) : undefined
  const [, second, third, fourth] = bytes.subarray(at, at + 4) as unknown as [number, number, number, number]
  const version = (second >> 3) & 3
  const first = version === 3
  const kilobits = (first ? bitrates1 : bitrates2)[third >> 4]!
  const rate = rates[((third >> 2) & 3) as 0 | 1 | 2] / (first ? 1 : version === 2 ? 2 : 4)
  const mono = fourth >> 6 === 3
  const frames = xingFrames(bytes, at + 4 + (first ? (mono ? 17 : 32) : mono ? 9 : 17))
  const seconds =
    frames === undefined ? ((wholeLength - at) * 8) / (kilobits * 1000) : (frames * (first ? 1152 : 576)) / rate
  const words = frames === undefined ? `${kilobits} kbit/s` : 'variable bit rate'
  return mediaFacts('MP3', seconds, [`audio MP3, ${rate} Hz, ${mono ? 'mono' : 'stereo'}, ${words}`])
}

/** Four times seven bits (ID3v2.4 6.2). */
const synchsafe = (bytes: Uint8Array): number =>
  [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((bytes[at] ?? 0) & 0x7f), 0)

function firstFrame(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at < Math.min(bytes.length, from + furthest); at++) if (isFrame(bytes, at)) return at
  return undefined
}

/** Eleven set bits, layer III, no reserved version, bit rate or sampling rate. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  const [second = 0, third = 0xff] = bytes.subarray(at + 1, at + 3)
  const sync = bytes[at] === 0xff && (second & 0xe6) === 0xe2 && ((second >> 3) & 3) !== 1
  return sync && at + 4 <= bytes.length && third >> 4 > 0 && third >> 4 < 15 && ((third >> 2) & 3) < 3
}

function xingFrames(bytes: Uint8Array, at: number): number | undefined {
  const name = ascii(bytes, at, at + 4)
  if ((name !== 'Xing' && name !== 'Info') || at + 12 > bytes.length || !(bytes[at + 7]! & 1)) return undefined
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 8)
}
