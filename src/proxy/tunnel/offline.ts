import { isProblem } from '../../model/problem.ts'
import type { Problem } from '../../problem/problem.ts'
import { openNowhere } from '../dial/nowhere.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import { explain } from './late-answer.ts'
import { relayUnasked } from './relay-secured.ts'
import { factsOf } from './ruling.ts'
import type { TunnelScope } from './scope.ts'
import { protocolFor, secureClientAlone } from './secure.ts'

/**
 * No server is asked: the client's TLS is finished alone, and what it says there is for whoever claims it. Whatever nobody
 * claims is answered with the problem, where there is one.
 */
export async function serveOffline(
  scope: TunnelScope,
  seen: SeenHello | undefined,
  host: string,
  problem?: Problem,
): Promise<void> {
  const hello = seen?.hello
  const alpn = hello?.alpn?.includes('h2') ? 'h2' : protocolFor(hello)
  const client = await secureClientAlone(scope, host, hello, alpn)
  if (!client) return
  if (isProblem(client)) return scope.tell({ type: 'failed', problem: client })
  const upstream = await openNowhere(alpn, problem, () => problem && scope.tell({ type: 'failed', problem }))
  await relayUnasked(scope, { client, upstream, alpn, host, hello })
}

/** No server can be had: rules answer all the same where they claim anything, and everything else hears why. */
export function serveWithout(
  scope: TunnelScope,
  problem: Problem,
  seen: SeenHello | undefined,
  host: string,
): Promise<void> {
  const { rulings, options } = scope.services
  const mayAnswer = !options.failAsServer && rulings?.claims(factsOf(scope, host, seen?.hello.serverName))
  return mayAnswer ? serveOffline(scope, seen, host, problem) : explain(scope, problem, host, seen?.hello)
}
