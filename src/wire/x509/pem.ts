import { MalformedError } from '../reader.ts'

const begin = '-----BEGIN '
const dashes = '-----'

/** Certificates in the text form of RFC 7468, in order; with `comment` a line above each, such as its subject. */
export function writePem(ders: readonly Uint8Array[], comment?: (der: Uint8Array, index: number) => string): string {
  const blocks = ders.map((der, index) => {
    const lines =
      Buffer.from(der)
        .toString('base64')
        .match(/.{1,64}/g) ?? []
    const above = comment ? `${comment(der, index).replace(/[\r\n]+/g, ' ')}\n` : ''
    return `${above}-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  })
  return blocks.join('')
}

const labels: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE'])

/**
 * The certificates in a PEM text, in order, as DER; other blocks and text around them are skipped.
 * Throws MalformedError, its offset counted in characters, for a block that is cut off or is not base64.
 */
export function readPem(text: string): Uint8Array[] {
  const ders: Uint8Array[] = []
  let at = text.indexOf(begin)
  while (at >= 0) {
    const labelEnd = text.indexOf(dashes, at + begin.length)
    if (labelEnd < 0) throw new MalformedError(at, 'PEM: label is cut off')
    const label = text.slice(at + begin.length, labelEnd)
    const body = labelEnd + dashes.length
    const end = text.indexOf(`-----END ${label}-----`, body)
    if (end < 0) throw new MalformedError(at, `PEM: no end of ${label.slice(0, 40)}`)
    if (labels.has(label)) ders.push(decode(text.slice(body, end), body))
    at = text.indexOf(begin, end)
  }
  return ders
}

function decode(text: string, offset: number): Uint8Array {
  const base64 = text.replace(/\s+/g, '')
  const bad = /[^A-Za-z0-9+/=]/.exec(text.replace(/\s/g, '='))
  if (bad) throw new MalformedError(offset + bad.index, 'PEM: no base64 character')
  if (base64.length % 4 || !/^[^=]*={0,2}$/.test(base64)) throw new MalformedError(offset, 'PEM: base64 is cut off')
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
