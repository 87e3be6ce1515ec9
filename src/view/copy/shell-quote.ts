import { printable } from '../printable.ts'

/**
 * The bytes of a text in which every character is a byte (latin1, as headers are kept), as one word of a shell. Plain,
 * in single quotes, or as `$'…'` with octal escapes where a character could not be pasted or would not show. bash,
 * zsh and ksh know `$'…'`, POSIX since 2024. NUL ends a word in every shell, so it is left out.
 */
export function shellQuote(latin1: string): string {
  const bytes = Buffer.from(latin1.replaceAll('\0', ''), 'latin1')
  const text = bytes.toString('utf8')
  if (/^[\w@%+:,./-]+$/.test(text) && !text.startsWith('-')) return text
  const exact = Buffer.from(text, 'utf8').equals(bytes)
  const shows = printable(text.replaceAll('\n', '')) === text.replaceAll('\n', '')
  if (exact && shows) return `'${text.replaceAll("'", "'\\''")}'`
  // Three octal digits end by themselves; `!` is escaped because history expansion looks into $'…'.
  return `$'${bytes.toString('latin1').replace(/[^\x20-\x7e]|['\\!]/g, octal)}'`
}

/** The bytes of a text in UTF-8 as one word. */
export const shellQuoteText = (text: string): string => shellQuote(Buffer.from(text, 'utf8').toString('latin1'))

const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
