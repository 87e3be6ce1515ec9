import { eastAsianWidth } from 'get-east-asian-width'

// Ink's own string-width gives the same columns, but was some ten times slower a cell when measured: it segments by locale.

const narrow = /^[\x20-\u02ff]*$/ // of printable texts: a column a character
const combining = /[\p{Mn}\p{Me}]/u
// One picture or syllable of two columns: a flag of a country or a region, emoji that are joined or have a skin tone
// (Unicode TR51), a keycap, a Hangul syllable in its letters.
const picture = String.raw`\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?(?:[\u{e0020}-\u{e007e}]{1,16}\u{e007f})?`
const toned = String.raw`\p{Emoji_Modifier_Base}\p{Emoji_Modifier}`
const subdivision = String.raw`\u{1f3f4}[\u{e0020}-\u{e007e}]{1,16}\u{e007f}`
const syllable = String.raw`[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?`
const pairs = new RegExp(
  String.raw`\p{RI}{2}|${picture}(?:\u200d${picture}){1,8}|${subdivision}|${toned}|[\d#*]\ufe0f?\u20e3|${syllable}`,
  'u',
)
const graphemes = new RegExp(`${pairs.source}|.`, 'gsu')
// A cell holds this many marks on top of its letter; more is an attack on the line above it.
const marksPerColumn = 4

/** Columns that a printable text takes in a terminal. */
export function width(text: string): number {
  if (narrow.test(text)) return text.length
  let columns = 0
  for (const grapheme of graphemesOf(text)) columns += columnsOf(grapheme)
  return columns
}

/**
 * A printable text in pieces of at most `columns`, the first of at most `first`, cut wherever the column ends: for bytes
 * and code, not prose.
 */
export function chop(text: string, columns: number, first = columns): string[] {
  if (columns < 2 || (text.length <= first && narrow.test(text))) return [text]
  const pieces: string[] = []
  let [start, at, left] = [0, 0, first]
  for (const grapheme of graphemesOf(text)) {
    const wanted = columnsOf(grapheme)
    if (wanted > left) {
      pieces.push(text.slice(start, at))
      start = at
      left = columns
    }
    at += grapheme.length
    left -= wanted
  }
  return [...pieces, text.slice(start)]
}

/** The text, or as much of its beginning as fits in `columns` with an ellipsis in the last of them. */
export function truncate(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (narrow.test(text)) return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`
  let used = 0
  let marks = 0
  let kept = ''
  let fits = ''
  for (const grapheme of graphemesOf(text)) {
    const wanted = columnsOf(grapheme)
    if (wanted === 0 && ++marks > columns * marksPerColumn) return `${fits}…`
    used += wanted
    if (used > columns) return `${fits}…`
    kept += grapheme
    if (used < columns) fits = kept
  }
  return kept
}

/** The text with spaces up to `columns`, truncated where it is longer. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'right'): string {
  const cut = truncate(text, columns)
  const spaces = ' '.repeat(Math.max(0, columns - width(cut)))
  return side === 'left' ? spaces + cut : cut + spaces
}

/** The text in what stands in cells of its own; marks are apart from their letters. */
const graphemesOf = (text: string): Iterable<string> => (pairs.test(text) ? (text.match(graphemes) ?? []) : text)

function columnsOf(grapheme: string): number {
  const code = grapheme.codePointAt(0)!
  if (grapheme.length > (code > 0xffff ? 2 : 1)) return 2
  if (code < 0x300) return 1
  if (code > 0xffff) return columnsOfLetter(grapheme, code)
  if (known[code] === unknown) known[code] = columnsOfLetter(grapheme, code)
  return known[code]!
}

const unknown = 255
const known = new Uint8Array(0x10000).fill(unknown) // letters of the first plane, once they were asked for

const columnsOfLetter = (letter: string, code: number): number => (combining.test(letter) ? 0 : eastAsianWidth(code))

/** A printable text in lines of at most `columns`, broken between words; a word too long for a line is cut. */
export function wrap(text: string, columns: number): string[] {
  if (text.length <= columns && narrow.test(text) && !/^ |^$/.test(text)) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (width(longer) <= columns) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = truncate(word, columns)
  }
  return line === '' ? lines : [...lines, line]
}
