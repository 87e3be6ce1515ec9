import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './identities.ts'

/** Path of an OCSP response (RFC 6960) about a self-signed certificate, by itself. */
export function ocspResponse(folder: string, { cert, key }: Files): string {
  const [request, index, response] = ['ocsp.req', 'ocsp.index', 'ocsp.der'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const ocsp = (...args: string[]): unknown => execFileSync('openssl', ['ocsp', ...args], { stdio: 'ignore' })
  writeFileSync(index, '')
  ocsp('-issuer', cert, '-cert', cert, '-reqout', request)
  const signer = ['-CA', cert, '-rsigner', cert, '-rkey', key]
  ocsp('-index', index, ...signer, '-reqin', request, '-respout', response, '-ndays', '2')
  return response
}
