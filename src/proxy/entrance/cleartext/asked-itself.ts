import { targetProblem } from '../../../problem/from-request.ts'
import type { Problem } from '../../../problem/problem.ts'
import type { RequestHeadText } from '../../../wire/http1/start-line.ts'
import type { Services } from '../../services.ts'
import { isOwnAddress, siteHost } from '../../site/site-host.ts'
import { type RequestTarget, readRequestTarget, schemeOf } from './request-target.ts'

/** Whether somebody has opened Parley's address as if it were a server: asked for a path, at an address of its own. */
export function isAskedItself({ target: url, fields }: RequestHeadText, { isOurs }: Pick<Services, 'isOurs'>): boolean {
  const asked = url.startsWith('/') ? readRequestTarget(url, fields.host) : undefined
  return asked !== undefined && isOwnAddress(asked.target, isOurs)
}

/**
 * Where a request in clear goes, or why nowhere. What Parley is asked itself goes to its site, and keeps its port: so the
 * site knows that nobody was asked for credentials.
 */
export function askedOf(head: RequestHeadText, services: Pick<Services, 'isOurs'>): RequestTarget | Problem {
  const asked = readRequestTarget(head.target, head.fields.host)
  if (!asked) return targetProblem(schemeOf(head.target))
  if (!isAskedItself(head, services)) return asked
  return { ...asked, target: { host: siteHost, port: asked.target.port } }
}
