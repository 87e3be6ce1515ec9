import { printable } from './printable.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Text of a head for eyes. Heads are kept with a character a byte; where the bytes are UTF-8, as most that are not ASCII
 * are (RFC 9110 5.5 leaves it open), they are read as that, else as Latin-1.
 */
export const printableHead = (text: string): string => printable(hasBytes(text) ? decoded(text) : text)

const hasBytes = (text: string): boolean => /[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text)

function decoded(text: string): string {
  try {
    return decoder.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}
