import { trustCheck } from '../../model/connection.ts'
import { isProblem } from '../../model/problem.ts'
import { isDistrust } from '../../problem/explain.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { http1 } from '../leg/alpn.ts'
import { takesWeakOnly } from '../leg/choose-alike.ts'
import { leafKeyFor } from '../leg/leaf-key.ts'
import { ContentTap } from '../socket/content-tap.ts'
import type { TunnelScope } from './scope.ts'
import { leafFor, secureClientLeg } from './secure.ts'

/** Parley's own site, asked over TLS: the client leg is all there is. That the client does not trust it is an answer too. */
export async function serveOwnSite(scope: TunnelScope, hello: ClientHello | undefined): Promise<void> {
  const { services, connection, target, tell } = scope
  tell({ type: 'treated', treatment: 'own' })
  const alpn = hello?.alpn?.includes(http1) ? http1 : undefined
  const leaf = await leafFor(scope, target.host, hello, leafKeyFor(hello))
  const pair = services.resumption.open('', connection)
  const socket = await secureClientLeg(scope, {
    host: scope.target.host,
    leaf,
    alpn,
    pair,
    weak: hello && takesWeakOnly(hello),
  })
  if (isProblem(socket))
    return tell(
      isDistrust(socket) ? { type: 'protocol-known', protocol: trustCheck } : { type: 'failed', problem: socket },
    )
  const { serveSite } = await import('../site/serve-site.ts') // Node's HTTP takes 60 ms to load
  if (socket.destroyed) return
  const stream = new ContentTap({ socket, tape: services.tape, connection, leg: 'client' })
  serveSite(stream, services.site)
  await new Promise(resolve => stream.once('close', resolve))
}
