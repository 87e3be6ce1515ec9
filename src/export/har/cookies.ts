import type { Header } from '../../model/exchange.ts'
import { requestCookies, responseCookies, type SetCookie } from '../../view/body/cookies.ts'
import type { HarCookie } from './values.ts'

export const sentCookies = (headers: readonly Header[]): readonly HarCookie[] =>
  requestCookies(headers).map(([name, value]) => ({ name, value }))

export const setCookies = (headers: readonly Header[]): readonly HarCookie[] => responseCookies(headers).map(harCookie)

function harCookie({ name, value, attributes }: SetCookie): HarCookie {
  const all = new Map(attributes.map(([key, word]) => [key.toLowerCase(), word]))
  const path = all.get('path')
  const domain = all.get('domain')
  const sameSite = all.get('samesite')
  return {
    ...{ name, value },
    ...(path && { path }),
    ...(domain && { domain }),
    ...expiry(all.get('expires')),
    ...{ httpOnly: all.has('httponly'), secure: all.has('secure') },
    ...(sameSite && { _sameSite: sameSite }),
  }
}

const latest = Date.UTC(9999, 11, 31) // ISO 8601 has four digits for a year

/** A date that nobody can read is left out. */
function expiry(text: string | undefined): Pick<HarCookie, 'expires'> {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return at >= 0 && at <= latest ? { expires: new Date(at).toISOString() } : {}
}
