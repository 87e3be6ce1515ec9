import { readFileSync, statSync } from 'node:fs'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { type ClientCertificate, checkPair } from './client-certificate.ts'

const mostBytes = 1024 * 1024

/** The client certificate that a rule names: a PEM with certificate and key. */
export function ruledCertificate(path: string): ClientCertificate | Problem {
  try {
    const { size, mtimeMs } = statSync(path)
    if (size > mostBytes) return unusable(path, 'it is too long')
    const pem = readFileSync(path, 'latin1')
    const wrong = checkPair(pem, pem)
    return wrong ? unusable(path, wrong) : { host: `${path} ${mtimeMs}`, cert: pem, key: pem }
  } catch (error) {
    return unusable(path, (error as NodeJS.ErrnoException).code ?? (error as Error).message)
  }
}

const unusable = (path: string, why: string): Problem => problemOf('rule/tls-unusable', { detail: `${path}: ${why}` })
