import { jsonMembers, unescapeJson } from '../../formats/json-members.ts'
import { findTokens, type Token } from '../../formats/jwt.ts'
import { textOf } from './charset.ts'
import { layOutJson } from './json-layout.ts'
import { type BodyLine, Outline } from './outline.ts'
import type { Render } from './renderer.ts'

/** Header and claims of each token, times as dates. `now` in ms since the epoch tells what has expired. */
export function tokenLines(tokens: readonly Token[], maxLines: number, now?: number): readonly BodyLine[] {
  const outline = new Outline(maxLines)
  for (const [index, { header, claims, signatureBytes }] of tokens.entries()) {
    outline.open([{ text: tokens.length > 1 ? `JWT ${index + 1}` : 'JWT', tone: 'bold' }], `jwt[${index}]`)
    layOutJson(header, outline, [{ text: 'header ', tone: 'dim' }])
    if (claims === undefined) outline.line([{ text: 'claims are encrypted (RFC 7516)', tone: 'dim' }])
    else {
      layOutJson(claims, outline, [{ text: 'claims ', tone: 'dim' }])
      for (const text of datesOf(claims, now)) outline.line([{ text, tone: 'dim' }])
      outline.line([{ text: signatureWords(header, signatureBytes), tone: 'dim' }])
    }
    outline.close(undefined, '')
  }
  return outline.finish()
}

const timeClaims = { iat: 'issued at', nbf: 'not before', auth_time: 'authenticated at', exp: 'expires at' } as const

/** NumericDate claims (RFC 7519 2) in UTC. */
function datesOf(claims: string, now: number | undefined): readonly string[] {
  const members = jsonMembers(claims)
  return Object.entries(timeClaims).flatMap(([name, words]) => {
    const at = Number(members?.get(name) ?? Number.NaN) * 1000
    if (!(Math.abs(at) < 8.64e15)) return []
    const expired = name === 'exp' && now !== undefined && at <= now ? ', which has passed' : ''
    return [`${name}: ${words} ${new Date(at).toISOString().replace('.000Z', 'Z')}${expired}`]
  })
}

function signatureWords(header: string, bytes: number): string {
  const algorithm = unescapeJson(jsonMembers(header)?.get('alg') ?? '') ?? 'unknown'
  return bytes === 0 ? `no signature (alg ${algorithm})` : `signature: ${bytes} bytes, ${algorithm}, not verified`
}

/** The JSON Web Tokens in a body; undefined where there are none. */
export const renderJwt: Render = (input, { maxLines }) => {
  const tokens = findTokens(textOf(input))
  return tokens.length > 0 ? tokenLines(tokens, maxLines) : undefined
}
