import { pcapShape } from '../wire/pcap/pcap-reader.ts'

/** What can be opened besides Parley's own captures; `gzip` is one of the others, compressed. */
export type FileKind = 'capture' | 'pcap' | 'pcapng' | 'har' | 'gzip'

/** Bytes that `kindOf` looks at. */
export const kindBytes = 64

const sqlite = 'SQLite format 3\0'
const sectionHeader = '\n\r\r\n'

/** What a file is, by its first bytes; undefined where nothing here reads it. */
export function kindOf(first: Uint8Array): FileKind | undefined {
  const text = Buffer.from(first.subarray(0, kindBytes)).toString('latin1')
  if (text.startsWith(sqlite)) return 'capture'
  if (text.startsWith(sectionHeader)) return 'pcapng'
  if (pcapShape(first)) return 'pcap'
  if (first[0] === 0x1f && first[1] === 0x8b) return 'gzip'
  return /^(?:\xef\xbb\xbf)?\s*\{/.test(text) ? 'har' : undefined
}

/** Whether a capture can be made of such a file. */
export const canImport = (kind: FileKind | undefined): boolean => kind === 'pcap' || kind === 'pcapng' || kind === 'har'
