import { ascii, mediaFacts, type ReadMedia } from './facts.ts'

interface Box {
  readonly name: string
  /** Content, without the header. */
  readonly bytes: Uint8Array
}

const mostBoxes = 1000

/** ISO base media (ISO/IEC 14496-12): duration and tracks of the `moov` box, if it is in the bytes. */
export const readMp4: ReadMedia = bytes => {
  if (ascii(bytes, 4, 8) !== 'ftyp') return undefined
  const brand = ascii(bytes, 8, 12).trim()
  const moov = find(bytes, 'moov')
  const container = `MP4 (${brand})`
  if (!moov) return mediaFacts(container, undefined, [])
  return mediaFacts(
    container,
    durationOf(find(moov, 'mvhd')),
    boxes(moov).flatMap(box => (box.name === 'trak' ? trackOf(box.bytes) : [])),
  )
}

function boxes(bytes: Uint8Array): readonly Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const found: Box[] = []
  for (let at = 0; at + 8 <= bytes.length && found.length < mostBoxes; ) {
    const short = view.getUint32(at)
    const long = short === 1 && at + 16 <= bytes.length
    const header = long ? 16 : 8
    const length = long ? Number(view.getBigUint64(at + 8)) : short === 0 ? bytes.length - at : short
    if (length < header) break
    found.push({ name: ascii(bytes, at + 4, at + 8), bytes: bytes.subarray(at + header, at + length) })
    at += length
  }
  return found
}

/** The first box with the name, along the path. */
function find(bytes: Uint8Array | undefined, ...path: readonly string[]): Uint8Array | undefined {
  return path.reduce((inside, name) => inside && boxes(inside).find(box => box.name === name)?.bytes, bytes)
}

/** Version 0 counts in 32 bits, version 1 in 64. */
function durationOf(mvhd: Uint8Array | undefined): number | undefined {
  if (!mvhd || mvhd.length < 32) return undefined
  const view = new DataView(mvhd.buffer, mvhd.byteOffset, mvhd.length)
  const [scale, units] =
    mvhd[0] === 1 ? [view.getUint32(20), Number(view.getBigUint64(24))] : [view.getUint32(12), view.getUint32(16)]
  return scale > 0 ? units / scale : undefined
}

const kinds: Readonly<Record<string, string>> = {
  vide: 'video',
  soun: 'audio',
  text: 'text',
  sbtl: 'subtitles',
  hint: 'hints',
}

function trackOf(trak: Uint8Array): readonly string[] {
  const media = find(trak, 'mdia')
  const handler = find(media, 'hdlr')
  const entries = find(media, 'minf', 'stbl', 'stsd')
  if (!handler) return []
  const kind = ascii(handler, 8, 12)
  const codec = entries ? ascii(entries, 12, 16).trim() : undefined
  const entry =
    entries && entries.length >= 44
      ? new DataView(entries.buffer, entries.byteOffset + 8, entries.length - 8)
      : undefined
  const details =
    kind === 'vide' && entry
      ? `, ${entry.getUint16(32)} × ${entry.getUint16(34)}`
      : kind === 'soun' && entry
        ? `, ${entry.getUint16(32)} Hz, ${entry.getUint16(24)} channels`
        : ''
  return [`${kinds[kind] ?? kind}${codec === undefined ? '' : ` ${codec}`}${details}`]
}
