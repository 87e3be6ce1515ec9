import { Once } from '../../once.ts'
import type { WireTap } from '../../socket/wire-tap.ts'
import { type FirstWords, hearClient } from '../first-words.ts'
import type { TunnelScope } from '../scope.ts'
import { UpgradeWatch, upgradableBy } from './starttls.ts'

/** What both may agree on TLS by, as the first to speak shows. */
export function watchFor(words: FirstWords, client: WireTap, server: WireTap): UpgradeWatch | undefined {
  const protocol =
    words.kind === 'silent' ? upgradableBy('to-client', server.unread) : upgradableBy('to-server', client.unread)
  return protocol && new UpgradeWatch(protocol)
}

const nobodysDial = { giveUp: () => {}, onFailure: () => {} }

/** Both sides have agreed to go on in TLS: hears what the client says first of it. */
export async function hearInTls(
  { services, client, tell }: Pick<TunnelScope, 'services' | 'client' | 'tell'>,
  server: WireTap,
): Promise<FirstWords> {
  for (const [leg, tap] of [
    ['client', client],
    ['upstream', server],
  ] as const) {
    tap.expectTls()
    const { toServer, toClient } = tap.bytes
    const unread = leg === 'client' ? tap.unread.length : 0
    tell({ type: 'tls-started', leg, toServer: toServer - unread, toClient })
  }
  const { words } = await hearClient(client, { ...nobodysDial, hurry: new Once() }, services.options.timeouts.hello)
  return words
}
