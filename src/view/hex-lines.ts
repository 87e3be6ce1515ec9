export interface HexLine {
  /** Offset of the first byte of the line. */
  readonly offset: number
  /** The line as one text: `00000010  16 03 01 02 …  ....`. */
  readonly text: string
  /** Offsets in `text` where the highlighted bytes stand: once among the hex digits, once among the characters. */
  readonly lit: readonly (readonly [start: number, end: number])[]
}

const perLine = 16
const hexAt = 10 // eight digits of offset and two spaces
const textAt = hexAt + perLine * 3 + 2

/** Bytes as hex and ASCII, sixteen a line; `highlight` is a range of offsets into the bytes. */
export function hexLines(bytes: Uint8Array, highlight?: { readonly start: number; readonly end: number }): HexLine[] {
  const lines: HexLine[] = []
  for (let offset = 0; offset < bytes.length; offset += perLine) {
    const row = bytes.subarray(offset, offset + perLine)
    lines.push({ offset, text: lineOf(row, offset), lit: litOf(row.length, offset, highlight) })
  }
  return lines
}

function lineOf(row: Uint8Array, offset: number): string {
  let digits = ''
  let characters = ''
  for (const [i, byte] of row.entries()) {
    digits += pairs[byte]! + (i === 7 ? '  ' : ' ')
    characters += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
  }
  return `${offset.toString(16).padStart(8, '0')}  ${digits.padEnd(textAt - hexAt)}${characters}`
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function litOf(length: number, offset: number, highlight?: { start: number; end: number }): HexLine['lit'] {
  if (!highlight) return []
  const first = Math.max(0, highlight.start - offset)
  const last = Math.min(length, highlight.end - offset) - 1
  if (first > last) return []
  return [
    [columnOf(first), columnOf(last) + 2],
    [textAt + first, textAt + last + 1],
  ]
}

const columnOf = (index: number): number => hexAt + index * 3 + (index > 7 ? 1 : 0)
