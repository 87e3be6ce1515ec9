import { ascii, type MediaFacts, mediaFacts, type ReadMedia } from './facts.ts'

const ids = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  entry: 0xae,
  codec: 0x86,
  kind: 0x83,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  audio: 0xe1,
  rate: 0xb5,
  channels: 0x9f,
} as const

interface Element {
  readonly id: number
  readonly bytes: Uint8Array
}

const mostElements = 1000

/** WebM and Matroska (RFC 9559): duration and tracks at the front of the segment. */
export const readWebm: ReadMedia = bytes => {
  if (ascii(bytes, 0, 4) !== '\x1a\x45\xdf\xa3') return undefined
  const top = elements(bytes)
  const docType = find(top, ids.ebml, ids.docType)
  const container = docType && ascii(docType, 0, 20) === 'webm' ? 'WebM' : 'Matroska'
  const segment = top.find(({ id }) => id === ids.segment)
  const parts = segment ? elements(segment.bytes) : []
  const info = find(parts, ids.info)
  const tracks = find(parts, ids.tracks)
  return factsOf(container, info, tracks)
}

function factsOf(container: string, info: Uint8Array | undefined, tracks: Uint8Array | undefined): MediaFacts {
  const facts = info ? elements(info) : []
  // Durations count in units of so many nanoseconds, a million of them unless it is said otherwise.
  const scale = integer(find(facts, ids.scale)) ?? 1_000_000
  const duration = float(find(facts, ids.duration))
  const entries = tracks ? elements(tracks).filter(({ id }) => id === ids.entry) : []
  return mediaFacts(container, duration === undefined ? undefined : (duration * scale) / 1e9, entries.map(trackOf))
}

function trackOf({ bytes }: Element): string {
  const parts = elements(bytes)
  const codec = find(parts, ids.codec)
  const [width, height] = [integer(find(parts, ids.video, ids.width)), integer(find(parts, ids.video, ids.height))]
  const rate = float(find(parts, ids.audio, ids.rate))
  const channels = integer(find(parts, ids.audio, ids.channels))
  const words = [
    codec && ascii(codec, 0, 60),
    width !== undefined && `${width} × ${height} pixels`,
    rate !== undefined && `${rate} Hz`,
    channels !== undefined && `${channels} channels`,
  ]
  const kind = { 1: 'video', 2: 'audio', 17: 'subtitles' }[integer(find(parts, ids.kind)) ?? 0] ?? 'track'
  return `${kind} ${words.filter(Boolean).join(', ')}`
}

/** Elements in a row; one of unknown or too great length ends with the bytes. */
function elements(bytes: Uint8Array): readonly Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length && found.length < mostElements; ) {
    const id = variable(bytes, at, false)
    const size = id && variable(bytes, at + id.length, true)
    if (!size) break
    const start = at + id.length + size.length
    const end = Math.min(bytes.length, start + size.value)
    found.push({ id: id.value, bytes: bytes.subarray(start, end) })
    at = end
  }
  return found
}

/** A variable-size integer (RFC 8794 4); an id keeps its length marker. All ones is an unknown size. */
function variable(bytes: Uint8Array, at: number, isSize: boolean): { value: number; length: number } | undefined {
  const first = bytes[at]
  if (first === undefined || first === 0) return undefined
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return undefined
  const marker = 0x100 >> length
  let value = isSize ? first & (marker - 1) : first
  let unknown = (first & (marker - 1)) === marker - 1
  for (let i = 1; i < length; i++) {
    value = value * 256 + bytes[at + i]!
    unknown &&= bytes[at + i] === 0xff
  }
  return { value: isSize && unknown ? Number.MAX_SAFE_INTEGER : value, length }
}

function find(among: readonly Element[], ...path: readonly number[]): Uint8Array | undefined {
  const [first, ...rest] = path
  const found = among.find(({ id }) => id === first)?.bytes
  return found && rest.length > 0 ? find(elements(found), ...rest) : found
}

const integer = (bytes: Uint8Array | undefined): number | undefined =>
  bytes && bytes.length <= 8 ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined

function float(bytes: Uint8Array | undefined): number | undefined {
  const view = bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return view?.byteLength === 4 ? view.getFloat32(0) : view?.byteLength === 8 ? view.getFloat64(0) : undefined
}
