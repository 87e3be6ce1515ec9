/** The certificates in a PEM text, in order, as DER. */
export const readPem = (text: string): Uint8Array[] =>
  [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(
    ([, base64]) => new Uint8Array(Buffer.from(base64!, 'base64')),
  )
