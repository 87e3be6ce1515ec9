import { readFileSync } from 'node:fs'
import type { TlsClient } from '../../src/wire/tls/client/tls-client.ts'
import type { Flags } from './flags.ts'

/** What a test expects of the client besides what the runner sees for itself. */

/** The certificates of a PEM file as DER. */
export function certificatesIn(file: string): readonly Buffer[] {
  const found = readFileSync(file, 'utf8').matchAll(/-----BEGIN CERTIFICATE-----([^-]*)/g)
  return [...found].map(([, base64 = '']) => Buffer.from(base64, 'base64'))
}

/** Throws where what was agreed is not what the flags expect. */
export function checkAgreed(flags: Flags, client: TlsClient, resumes: boolean): void {
  const expect = (is: unknown, what: string): void => {
    if (!is) throw new Error(`expected: ${what}`)
  }
  const same = (flag: string, found: unknown): void => {
    const wanted = flags.number(flag)
    expect(!wanted || wanted === found, `-${flag} ${wanted}, not ${found}`)
  }
  const chain = client.chain
  if (resumes) expect(client.resumed !== flags.has('expect-session-miss'), `resumed: ${!client.resumed}`)
  same('expect-version', client.version)
  same('expect-curve-id', client.group ?? 0)
  same('expect-peer-signature-algorithm', client.scheme)
  same('expect-cipher', client.cipherSuite)
  same('expect-cipher-aes', client.cipherSuite)
  if (flags.has('expect-alpn')) expect(flags.text('expect-alpn') === (client.alpn ?? ''), `ALPN, not ${client.alpn}`)
  if (flags.has('expect-hrr')) expect(client.retried, 'a HelloRetryRequest')
  if (flags.has('expect-no-hrr')) expect(!client.retried, 'no HelloRetryRequest')
  if (flags.has('expect-extended-master-secret'))
    expect(client.version === 0x0304 || client.extendedMasterSecret, 'extended_master_secret')
  const ocsp = flags.text('expect-ocsp-response')
  if (ocsp !== undefined) expect(Buffer.from(ocsp, 'base64').equals(chain?.ocsp ?? Buffer.alloc(0)), 'an OCSP response')
  const peer = flags.text('expect-peer-cert-file')
  if (peer !== undefined) expect(certificatesIn(peer)[0]?.equals(chain?.certificates[0] ?? Buffer.alloc(0)), peer)
}
