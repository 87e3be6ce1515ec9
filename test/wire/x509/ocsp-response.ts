import { readFileSync, writeFileSync } from 'node:fs'
import { type Issued, openssl, pathOf } from './openssl.ts'

export interface Responder {
  /** The issuer itself unless told. */
  readonly signer?: Issued
  /** Of `openssl ocsp`, such as -resp_key_id. */
  readonly options?: readonly string[]
}

/** An OCSP response about `certificate`, made by `openssl ocsp` from an index file. */
export function ocspResponse(
  status: 'good' | 'revoked' | 'unknown',
  certificate: Issued,
  issuer: Issued,
  { signer = issuer, options = [] }: Responder = {},
): Uint8Array {
  const serial = openssl('x509', '-in', `${certificate.name}.pem`, '-noout', '-serial').trim().replace('serial=', '')
  const row = status === 'revoked' ? ['R', '350101000000Z', '250301120000Z,keyCompromise'] : ['V', '350101000000Z', '']
  const index = `${certificate.name}-${status}.txt`
  writeFileSync(pathOf(index), status === 'unknown' ? '' : `${[...row, serial, 'unknown', '/CN=x'].join('\t')}\n`)
  const files = { request: `${index}.req`, response: `${index}.resp` }
  openssl('ocsp', '-issuer', `${issuer.name}.pem`, '-cert', `${certificate.name}.pem`, '-reqout', files.request)
  const by = ['-rsigner', `${signer.name}.pem`, '-rkey', `${signer.name}.key`, '-CA', `${issuer.name}.pem`, ...options]
  openssl('ocsp', '-index', index, ...by, '-reqin', files.request, '-respout', files.response, '-ndays', '7')
  return new Uint8Array(readFileSync(pathOf(files.response)))
}
