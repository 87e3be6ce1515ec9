/** A text in lines of at most so many columns, cut between words where that can be; wide characters take two. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const part of text.split(/(?<= )/)) {
    const width = widthOf(part)
    if (used > 0 && used + width - (part.endsWith(' ') ? 1 : 0) > columns) {
      lines.push(line)
      line = ''
      used = 0
    }
    for (const character of part) {
      const more = widthOf(character)
      if (used + more > columns && character !== ' ') {
        lines.push(line)
        line = ''
        used = 0
      }
      line += character
      used += more
    }
  }
  lines.push(line)
  return lines.map(each => each.trimEnd()).filter((each, i) => each !== '' || i === 0)
}

const firstWide = 0x1100 // of Hangul; what comes before takes one column

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += character.codePointAt(0)! >= firstWide && !isNarrowSign(character) ? 2 : 1
  return width
}

/** Arrows, marks, dashes and bullets that Parley itself writes. */
const isNarrowSign = (character: string): boolean => character >= '\u2000' && character < '\u2e80'
