import { readFileSync } from 'node:fs'
import * as forms from '../../../ca/forms/forms.ts'
import type { SiteFacts } from '../../../src/proxy/site/facts.ts'
import { describeRoot } from '../../../src/proxy/site/root.ts'

/** A certificate for the parts of the site that only show one. */
export const rootPem = readFileSync(new URL('../../fixtures/tls-identities/rsa.pem', import.meta.url), 'utf8')
export const root = describeRoot(rootPem, forms)

export const factsWith = (changes: Partial<SiteFacts> = {}): SiteFacts => ({
  listens: () => ({ host: '127.0.0.1', port: 8080 }),
  since: Date.UTC(2026, 10, 29, 16, 40),
  passThrough: new Set(['*.bank.example']),
  isOurs: (address, port) => ['127.0.0.1', '192.0.2.7', '::1'].includes(address) && port === 8080,
  guarded: false,
  leaves: { leafFor: async () => ({ key: '', chain: `leaf\n${rootPem}` }), forms: async () => forms },
  ...changes,
})
