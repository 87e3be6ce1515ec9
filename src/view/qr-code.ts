import { createRequire } from 'node:module'

/** What we use of uqr. */
interface Uqr {
  renderUnicodeCompact(text: string, options: { readonly border: number; readonly ecc: 'L' | 'M' | 'Q' | 'H' }): string
}

const quietZone = 2 // modules; the standard asks for 4, which a terminal seldom has room for, and readers take less

/** A text as a QR code (ISO/IEC 18004), a line two modules high: blocks are light, blanks are dark. */
export function qrCode(text: string): readonly string[] {
  const { renderUnicodeCompact } = createRequire(import.meta.url)('uqr') as Uqr // loaded for those who ask for a code
  return renderUnicodeCompact(text, { border: quietZone, ecc: 'L' }).split('\n')
}
