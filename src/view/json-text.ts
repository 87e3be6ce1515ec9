// JSON leaves DEL, C1, bidi controls and zero-width characters as they are; a terminal does not.
const unprintable = /[\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** JSON that reads back exactly and is safe to print: what `printable` would make visible is escaped as JSON escapes it. */
export const jsonText = (value: unknown): string => (JSON.stringify(value) ?? 'null').replace(unprintable, escaped)

const escaped = (character: string): string =>
  [...Array(character.length).keys()].map(i => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
