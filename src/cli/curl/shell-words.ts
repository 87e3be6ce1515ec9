/** A pasted command cannot be read; the message says where. */
export class PasteError extends Error {}

/**
 * The words of one command as a POSIX shell reads it, with `$'…'`: single and double quotes, backslashes, line
 * continuations. A word is a string of bytes (latin1), for its escapes may be no UTF-8. What only a shell could do
 * (variables, substitutions, pipes, redirections) is refused. Throws PasteError.
 */
export function shellWords(text: string): readonly string[] {
  const bytes = Buffer.from(text.replace(/\r\n/g, '\n'), 'utf8').toString('latin1')
  const words: string[] = []
  let word: string | undefined
  let at = 0
  const refuse = (what: string): never => {
    throw new PasteError(`character ${at + 1}: ${what}`)
  }
  while (at < bytes.length) {
    const character = bytes[at]!
    if (character === ' ' || character === '\t' || character === '\n') {
      if (word !== undefined) words.push(word)
      word = undefined
      at++
      continue
    }
    const read = readPiece(bytes, at, refuse)
    if (read.text !== undefined) word = (word ?? '') + read.text
    at = read.end
  }
  if (word !== undefined) words.push(word)
  return words
}

interface Piece {
  /** Absent for what is nothing, as a line that goes on. */
  readonly text?: string
  readonly end: number
}

type Refuse = (what: string) => never

const ofShell: Readonly<Record<string, string>> = {
  '|': 'a pipe',
  '&': 'another command',
  ';': 'another command',
  '<': 'a redirection',
  '>': 'a redirection',
  '(': 'a subshell',
  ')': 'a subshell',
  '`': 'a substitution',
  '#': 'a comment',
}

function readPiece(bytes: string, at: number, refuse: Refuse): Piece {
  const character = bytes[at]!
  if (character === "'") return readSingle(bytes, at, refuse)
  if (character === '"') return readDouble(bytes, at, refuse)
  if (character === '$' && bytes[at + 1] === "'") return readEscaped(bytes, at, refuse)
  if (character === '$' && /[\w({]/.test(bytes[at + 1] ?? ''))
    return refuse('a variable of a shell, which nobody knows here')
  if (character === '\\') {
    if (bytes[at + 1] === '\n') return { end: at + 2 }
    return at + 1 < bytes.length ? { text: bytes[at + 1]!, end: at + 2 } : refuse('a backslash at the end')
  }
  const begins = at === 0 || /\s/.test(bytes[at - 1]!)
  const what = character === '#' && !begins ? undefined : ofShell[character]
  return what === undefined ? { text: character, end: at + 1 } : refuse(`${what}, which is for a shell alone; quote it`)
}

function readSingle(bytes: string, at: number, refuse: Refuse): Piece {
  const end = bytes.indexOf("'", at + 1)
  return end < 0 ? refuse('a quote that does not end') : { text: bytes.slice(at + 1, end), end: end + 1 }
}

function readDouble(bytes: string, at: number, refuse: Refuse): Piece {
  let text = ''
  for (let i = at + 1; i < bytes.length; i++) {
    const character = bytes[i]!
    if (character === '"') return { text, end: i + 1 }
    if (character === '`' || (character === '$' && /[\w({]/.test(bytes[i + 1] ?? '')))
      return refuse('a variable or substitution of a shell in these quotes')
    if (character !== '\\') text += character
    else if (bytes[i + 1] === '\n') i++
    else if (/[$`"\\]/.test(bytes[i + 1] ?? '')) text += bytes[++i]
    else text += character
  }
  return refuse('a quote that does not end')
}

const single: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
}

/** `$'…'`: the escapes of ANSI C as bash has them. */
function readEscaped(bytes: string, at: number, refuse: Refuse): Piece {
  let text = ''
  for (let i = at + 2; i < bytes.length; ) {
    const character = bytes[i]!
    if (character === "'") return { text, end: i + 1 }
    if (character !== '\\') {
      text += character
      i++
      continue
    }
    const read = readEscape(bytes.slice(i + 1, i + 11))
    text += read.text
    i += 1 + read.length
  }
  return refuse('a quote that does not end')
}

function readEscape(rest: string): { readonly text: string; readonly length: number } {
  const plain = single[rest[0] ?? '']
  if (plain !== undefined) return { text: plain, length: 1 }
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0]
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal, 8) & 0xff), length: octal.length }
  const hex = /^x([\da-f]{1,2})/i.exec(rest)
  if (hex) return { text: String.fromCharCode(Number.parseInt(hex[1]!, 16)), length: hex[0].length }
  const unicode = /^(?:u([\da-f]{1,4})|U([\da-f]{1,8}))/i.exec(rest)
  const point = unicode ? Number.parseInt(unicode[1] ?? unicode[2]!, 16) : Number.NaN
  if (unicode && point <= 0x10ffff)
    return { text: Buffer.from(String.fromCodePoint(point), 'utf8').toString('latin1'), length: unicode[0].length }
  return { text: '\\', length: 0 } // no escape: both stand for themselves
}
