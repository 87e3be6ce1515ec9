const tokenCharacters = new Uint8Array(256)
for (const c of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
  tokenCharacters[c.charCodeAt(0)] = 1

/** RFC 9110 5.6.2: a byte that may stand in a method or a field name. */
export const isTokenByte = (byte: number): boolean => tokenCharacters[byte] === 1

/** Whether a part of the text is a token; an empty one is none. */
export function isToken(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i < to; i++) if (tokenCharacters[text.charCodeAt(i)] !== 1) return false
  return to > from
}
