// Cc and Cs by category; Cf, variation selectors, Hangul fillers and the tags block because they do not show; Zl and Zp break lines.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
const everyUnsafe = new RegExp(unsafe.source, 'gu')
// What does not show by itself makes one picture of several in a family, a flag or a keycap: those of Unicode's list alone (UTS 51).
const picture = /\p{RGI_Emoji_ZWJ_Sequence}|\p{RGI_Emoji_Tag_Sequence}|\p{Emoji_Keycap_Sequence}/v
const pictureOrUnsafe = new RegExp(`${picture.source}|${unsafe.source}`, 'gv')
const inPictures = /[\u200d\u20e3\u{e007f}]/u
const oneCharacter = 2 // UTF-16 units at most; a picture has more

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const tabWidth = 4

/**
 * The one choke point between the network and a terminal: characters that move the cursor, hide, reorder or
 * take no room become visible escapes such as `\x1b` and `\u{202e}`, but within an emoji. Everything else stays, backslashes too,
 * so a second pass changes nothing. For eyes, not for reading back.
 */
export const printable = (text: string): string =>
  unsafe.test(text) ? text.replace(inPictures.test(text) ? pictureOrUnsafe : everyUnsafe, escaped) : text

/** A text of several lines, split at LF or CRLF, each line printable; a tab becomes spaces up to the next fourth column. */
export const printableLines = (text: string): string[] =>
  text.split(/\r?\n/).map(line => printable(line.includes('\t') ? expandTabs(line) : line))

function escaped(character: string): string {
  if (character.length > oneCharacter) return character
  const name = named[character]
  if (name) return name
  const code = character.codePointAt(0)!
  const digits = code.toString(16)
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits.padStart(4, '0')}}`
}

function expandTabs(line: string): string {
  let column = 0
  let expanded = ''
  for (const [index, part] of line.split('\t').entries()) {
    if (index > 0) {
      const spaces = tabWidth - (column % tabWidth)
      expanded += ' '.repeat(spaces)
      column += spaces
    }
    expanded += part
    column += part.length
  }
  return expanded
}

// JSON leaves DEL, C1, bidi controls and zero-width characters as they are; a terminal does not.
const unprintable = /[\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** JSON that reads back exactly and is safe to print: what `printable` would make visible is escaped as JSON escapes it. */
export const jsonText = (value: unknown): string => (JSON.stringify(value) ?? 'null').replace(unprintable, jsonEscape)

const jsonEscape = (character: string): string =>
  [...Array(character.length).keys()].map(i => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
