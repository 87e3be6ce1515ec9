import { readFileSync } from 'node:fs'
import type { SecureVersion } from 'node:tls'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import type { Handshake } from '../../../src/wire/tls/handshake.ts'
import { ocspResponse } from '../x509/ocsp-response.ts'
import { intermediate, leaf, pathOf } from '../x509/openssl.ts'
import { tlsPair } from './record-pair.ts'

/** A handshake whose server staples an OCSP response about its certificate, signed by the issuer. */
export async function stapledHandshake(version: SecureVersion): Promise<Handshake> {
  const pem = (name: string): string => readFileSync(pathOf(`${name}.pem`), 'utf8')
  const cert = pem(leaf().name) + pem(intermediate().name)
  const server = { cert, key: readFileSync(pathOf(`${leaf().name}.key`)), maxVersion: version }
  const stapled = ocspResponse('good', leaf(), intermediate())
  return dissect((await tlsPair({ server, stapled }).connect({ requestOCSP: true })).capture)
}
