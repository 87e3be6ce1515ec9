import type { HandshakeMessage } from '../../wire/tls/handshake.ts'
import { writePem } from '../../wire/x509/pem.ts'

/** The certificates that a message carries in PEM, in the order sent; undefined where it carries none. */
export function certificatesPem({ value }: Pick<HandshakeMessage, 'value'>): string | undefined {
  const sent =
    value.name === 'certificate' || value.name === 'compressed_certificate'
      ? value.certificate?.certificates
      : undefined
  return sent && sent.length > 0 ? writePem(sent) : undefined
}
