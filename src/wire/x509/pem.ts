/** Certificates in the text form of RFC 7468, in order. */
export function writePem(ders: readonly Uint8Array[]): string {
  const blocks = ders.map(der => {
    const lines =
      Buffer.from(der)
        .toString('base64')
        .match(/.{1,64}/g) ?? []
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  })
  return blocks.join('')
}
