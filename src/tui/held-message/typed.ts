/**
 * Heads are kept with a character a byte. What a person sees and types is UTF-8 where the bytes are, else Latin-1
 * (RFC 9110 5.5).
 */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a head to be edited. */
export function forEditing(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text
  try {
    return decoder.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

/** What was typed, as bytes; where nothing was changed, the bytes that there were. */
export const fromTyped = (typed: string, before?: string): string =>
  before !== undefined && forEditing(before) === typed ? before : Buffer.from(typed, 'utf8').toString('latin1')
