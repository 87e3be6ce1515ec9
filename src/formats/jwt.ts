import { jsonMembers } from './json-members.ts'

/** A JSON Web Token as it stands in a text. Its signature is not verified. */
export interface Token {
  readonly text: string
  /** JSON as written. */
  readonly header: string
  /** JSON as written; undefined where the token is encrypted (RFC 7516). */
  readonly claims?: string
  readonly signatureBytes: number
}

const mostTokens = 20
const longestToken = 64 * 1024

/** The tokens in a text, each once. */
export function findTokens(text: string): readonly Token[] {
  const found = new Map<string, Token>()
  for (const [run] of text.matchAll(/[\w.-]+/g)) {
    if (run.length > longestToken || !run.includes('eyJ')) continue
    const parts = run.split('.')
    for (let i = 0; i + 2 < parts.length; i++) {
      const token = tokenOf(parts.slice(i, i + 5))
      if (token) found.set(token.text, token)
      if (found.size >= mostTokens) return [...found.values()]
    }
  }
  return [...found.values()]
}

function tokenOf(parts: readonly string[]): Token | undefined {
  const [first = '', second = '', third = ''] = parts
  if (!first.startsWith('eyJ')) return undefined
  const header = Buffer.from(first, 'base64url').toString()
  const members = jsonMembers(header)
  if (!members?.has('alg')) return undefined
  if (members.has('enc') && parts.length >= 5) return { text: parts.slice(0, 5).join('.'), header, signatureBytes: 0 }
  const claims = Buffer.from(second, 'base64url').toString()
  if (!jsonMembers(claims)) return undefined
  const text = `${first}.${second}.${third}`
  return { text, header, claims, signatureBytes: Buffer.from(third, 'base64url').length }
}
