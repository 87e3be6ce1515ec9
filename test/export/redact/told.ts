import { defaultRules, type RedactionRules, type Told } from '../../../src/export/redact/redaction.ts'

/** What was told, in order. */
export function telling(): { readonly told: Told; readonly said: string[] } {
  const said: string[] = []
  return { said, told: (what, where) => said.push(`${what} in ${where}`) }
}

export const rulesWith = (more: Partial<RedactionRules>): RedactionRules => ({ ...defaultRules, ...more })

/** Secrets that are known by their shape; none is a real one. */
export const shaped: Readonly<Record<string, string>> = {
  JWT: `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxIn0'}.c2lnbmF0dXJlLWhlcmU`,
  'AWS key': `AKIA${'ABCDEFGH12345678'}`,
  'API key': `sk-${'proj'}-abcdefghij0123456789ABCD`,
  'GitHub token': `ghp_${'a1B2'.repeat(9)}`,
  'GitLab token': `glpat-${'a1B2'.repeat(5)}`,
  'Slack token': `xoxb-${'123456789012-abcdef'}`,
  'Google key': `AIza${'a1B2c3D'.repeat(5)}`,
  'npm token': `npm_${'a1B2'.repeat(9)}`,
  'private key': `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIabc\n+/=\n-----END RSA PRIVATE KEY-----`,
}
