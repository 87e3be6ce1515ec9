/** Ways to write bytes as text for other programs. */
export const byteFormats = {
  hex: (bytes: Uint8Array): string => pairs(bytes).join(''),
  base64: (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64'),
  c: (bytes: Uint8Array): string => `unsigned char bytes[${bytes.length}] = {\n${rows(bytes)}};\n`,
} as const

const pairs = (bytes: Uint8Array): string[] => Array.from(bytes, byte => byte.toString(16).padStart(2, '0'))

function rows(bytes: Uint8Array): string {
  const all = pairs(bytes).map(pair => `0x${pair},`)
  return Array.from(
    { length: Math.ceil(all.length / 12) },
    (_, i) => `  ${all.slice(i * 12, i * 12 + 12).join(' ')}\n`,
  ).join('')
}
