import { isProblem } from '../../model/problem.ts'
import { openNowhere } from '../dial/nowhere.ts'
import type { SeenHello } from '../hello/seen-hello.ts'
import { relayUnasked } from './relay-secured.ts'
import type { TunnelScope } from './scope.ts'
import { protocolFor, secureClientAlone } from './secure.ts'

/** No server is asked: the client's TLS is finished alone, and what it says there is for whoever claims it. */
export async function serveOffline(scope: TunnelScope, seen: SeenHello | undefined, host: string): Promise<void> {
  const hello = seen?.hello
  const alpn = hello?.alpn?.includes('h2') ? 'h2' : protocolFor(hello)
  const client = await secureClientAlone(scope, host, hello, alpn)
  if (!client) return
  if (isProblem(client)) return scope.tell({ type: 'failed', problem: client })
  const upstream = await openNowhere(alpn)
  await relayUnasked(scope, { client, upstream, alpn, host, hello })
}
