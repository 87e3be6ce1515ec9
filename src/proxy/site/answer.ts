import { version } from '../../model/version.ts'
import { parseAuthority } from '../entrance/authority.ts'
import { downloadsOf } from './downloads.ts'
import type { SiteFacts } from './facts.ts'
import { pacFile, pacPath, pacType } from './pac.ts'
import { contentSecurityPolicy, sitePage, trustedPage } from './page.ts'
import type { RootFacts } from './root.ts'
import { isOwnAddress, siteHost, trustHost } from './site-host.ts'

/** A request to the site. */
export interface Asked {
  readonly method: string
  readonly path: string
  /** As its Host field has it. */
  readonly host: string
  readonly origin?: string | undefined
  readonly agent?: string | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

const guards = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const answer = (
  status: number,
  type: string,
  body: string | Buffer,
  more: Readonly<Record<string, string>> = {},
): Answer => ({ status, headers: { ...guards, 'content-type': type, ...more }, body })

const html = 'text/html; charset=utf-8'
const plain = 'text/plain; charset=utf-8'

/** Reads of the page, the root in its forms, the PAC file, and the check that the page makes. Nothing can be changed here. */
export function answerFor({ method, path, host, origin, agent }: Asked, facts: SiteFacts, root: RootFacts): Answer {
  if (method !== 'GET' && method !== 'HEAD')
    return answer(405, plain, 'This can only be read.\n', { allow: 'GET, HEAD', connection: 'close' })
  if (path === '/check') return answer(200, plain, 'Parley\n', readableBy(origin, facts))
  if (host === trustHost && path === '/') return answer(200, html, trustedPage())
  if (path === pacPath) return answer(200, pacType, pacFile(facts.listens()))
  const download = downloadsOf(root).find(each => each.path === path)
  if (download) return answer(200, download.type, download.body)
  if (path !== '/') return answer(404, plain, `There is nothing here. See http://${siteHost}/\n`)
  return answer(
    200,
    html,
    sitePage({ ...facts, root, version, agent, tellsAll: !facts.guarded || isByName(host, facts) }),
  )
}

/** Whether it was asked for through the proxy, which had its credentials: a direct request has the port that Parley listens on. */
const isByName = (host: string, { listens }: SiteFacts): boolean => host === siteHost && listens().port !== 80

/** The page itself may see the answer; for any other page it must look as if nobody answered. */
function readableBy(origin: string | undefined, { isOurs }: SiteFacts): Readonly<Record<string, string>> {
  const [, authority = ''] = /^https?:\/\/(.*)$/.exec(origin ?? '') ?? []
  const from = parseAuthority(authority, 80)
  const isOwn = authority === siteHost || (from !== undefined && isOwnAddress(from, isOurs))
  return isOwn ? { 'access-control-allow-origin': origin!, vary: 'origin' } : { vary: 'origin' }
}
