import type { Authority } from '../../../ca/index.ts'
import { printJson } from '../stdout.ts'

/** Prints the root certificate for programs: ca.schema.json describes every member. */
export function printRoot(authority: Authority): void {
  const { name, certificatePath, fingerprint256, spkiSha256, notAfter, only, certificatePem } = authority
  printJson({
    version: 1,
    root: {
      name,
      path: certificatePath,
      sha256: fingerprint256,
      spki: spkiSha256,
      notAfter: notAfter.toISOString(),
      ...(only !== undefined && { only }),
      pem: certificatePem,
    },
  })
}
