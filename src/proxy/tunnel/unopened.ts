import type { LegClosed } from '../../model/connection.ts'
import type { Direction } from '../../model/party.ts'
import { isProblem } from '../../model/problem.ts'
import { helloCutOff } from '../../problem/from-client.ts'
import { closedProblem } from '../../problem/from-openssl.ts'
import { spokeFirst } from '../../problem/from-server.ts'
import type { Problem } from '../../problem/problem.ts'
import { relayOpaque } from '../relay/opaque.ts'
import type { WireTap } from '../socket/wire-tap.ts'
import type { Dialling } from './dialling.ts'
import type { FirstWords } from './first-words.ts'
import type { TunnelScope } from './scope.ts'
import { answerTo } from './spoken.ts'
import type { UpgradeWatch } from './starttls/starttls.ts'

/** The client went, or kept silent, before its hello was whole. */
export function leave(
  { client, tell }: TunnelScope,
  words: FirstWords & { readonly bytes: number },
  dialled: WireTap | Problem,
): void {
  const stopped = client.closed?.by === 'parley' // with the proxy
  if (words.bytes > 0 && !stopped)
    tell({ type: 'failed', problem: helloCutOff(words.kind === 'gone' ? 'gone' : 'silent', words.bytes) })
  else if (words.kind === 'silent' && isProblem(dialled)) tell({ type: 'failed', problem: dialled })
  client.destroy()
  if (!isProblem(dialled)) dialled.destroy()
}

/** The client went while the server was asked. */
export function abandon({ client, tell }: TunnelScope, closed: LegClosed, dialled: WireTap | Problem): void {
  if (closed.by !== 'parley') tell({ type: 'failed', problem: closedProblem('client', closed) })
  client.destroy()
  if (!isProblem(dialled)) dialled.destroy()
}

/** Nothing can be said to the client, as it would trust no certificate for this host. */
export function refuse({ client, tell }: TunnelScope, problem: Problem, dialled: WireTap | Problem): void {
  tell({ type: 'failed', problem })
  client.destroy()
  if (!isProblem(dialled)) dialled.destroy()
}

/** Relays what is not TLS, or is TLS that shows no hello to read; until `watch` sees TLS begin, where it is given. */
export async function relayUnread(
  scope: TunnelScope,
  words: FirstWords,
  dialled: WireTap | Problem,
  dialling: Dialling,
  watch?: UpgradeWatch,
): Promise<'over' | 'upgraded'> {
  const { services, connection, client, tell } = scope
  tell({ type: 'treated', treatment: 'pass-through' })
  if (isProblem(dialled)) {
    tell({ type: 'failed', problem: dialled })
    const answer = answerTo(client.unread, dialled)
    if (answer) client.write(answer)
    client.end()
    await gone(client, services.options.timeouts.handshake)
    return 'over'
  }
  const tls = words.kind === 'odd-tls'
  if (!tls) dialled.ignore()
  if (words.kind === 'not-tls') client.ignore()
  if (words.kind === 'silent') client.doubt(() => tell({ type: 'failed', problem: spokeFirst }))
  dialling.handOver()
  const upgrade = watch && ((direction: Direction, bytes: Buffer) => watch.push(direction, bytes))
  return relayOpaque({ client, upstream: dialled, tape: services.tape, connection, tls, upgrade })
}

/** Nobody but the server may say why it cannot be reached: the client would see a certificate that is not its. */
export async function passThrough(scope: TunnelScope, dialled: WireTap | Problem, dialling: Dialling): Promise<void> {
  const { services, connection, client, tell } = scope
  tell({ type: 'protocol-known', protocol: 'tls' })
  if (isProblem(dialled)) {
    tell({ type: 'failed', problem: dialled })
    client.destroy()
    return
  }
  dialling.handOver()
  const keep = services.options.keepUnopened
  await relayOpaque({ client, upstream: dialled, tape: services.tape, connection, tls: true, keep })
}

/** Waits until a client that was told the last has gone, for `patience` ms; what it still says is passed over. */
export function gone(client: WireTap, patience: number): Promise<void> {
  return new Promise(resolve => {
    if (client.destroyed) return resolve()
    const timer = setTimeout(() => client.destroy(), patience)
    client.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    client.resume()
  })
}
