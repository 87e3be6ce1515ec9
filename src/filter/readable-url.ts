/** A URL as a person reads it: its percent-encoded and its raw bytes, which stand as latin1, as UTF-8. */
export const readableUrl = (url: string): string =>
  Buffer.from(
    url.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  ).toString()

// What is left of a URL by itself: letters, digits, its usual punctuation, and what escapes or anchors in a pattern.
const plain = /^[\w.~/:?=&^$\\+*-]*$/

/**
 * The pattern to look for in readable URLs as well, its own percent-encoded bytes read too; undefined where no byte that it
 * asks for would be encoded in a URL.
 */
export function readablePattern(pattern: string): string | undefined {
  if (plain.test(pattern)) return undefined
  const read = pattern.replace(/(?:%[0-9a-f]{2})+/gi, coded =>
    readableUrl(coded).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  )
  try {
    new RegExp(read)
    return read
  } catch {
    return undefined
  }
}
