import type { RedactionRules } from './redaction.ts'

/** Endings of names whose values are secrets, without their hyphens and underscores. */
const endings = [
  ...['password', 'passwd', 'pwd', 'passphrase', 'passcode', 'secret', 'token', 'apikey', 'accesskey', 'secretkey'],
  ...['privatekey', 'signingkey', 'encryptionkey', 'accesskeyid', 'sessionid', 'sessionkey', 'sessid', 'credential'],
  ...['credentials', 'authorization', 'jwt', 'bearer', 'signature', 'otp', 'totp', 'csrf', 'xsrf', 'cookie'],
]

/** Names that are secrets in a query or a form; in JSON too much else has them. */
const inQuery = new Set([
  'code',
  'sig',
  'key',
  'sid',
  'auth',
  'pass',
  'pin',
  'samlresponse',
  'samlrequest',
  'assertion',
])
const mostLength = 128

/** Where a name stands. */
export type NameOf = 'header' | 'query' | 'member'

/** Whether what has such a name is a secret. */
export function isSecretName(name: string, of: NameOf, rules: RedactionRules): boolean {
  if (name.length > mostLength) return false
  const lower = name.toLowerCase()
  if (rules.keep.has(lower)) return false
  const named = of === 'header' ? rules.headers : of === 'query' ? rules.query : rules.members
  if (named.has(lower)) return true
  const bare = lower.replace(/[^a-z0-9]/g, '')
  return endings.some(ending => bare.endsWith(ending)) || (of === 'query' && inQuery.has(bare))
}
