import { hostAndPort } from '../../model/host-and-port.ts'
import { reachableAt } from './addresses.ts'
import type { SiteFacts } from './facts.ts'

export const pacPath = '/proxy.pac'
export const pacType = 'application/x-ns-proxy-autoconfig'

/**
 * A proxy auto-config file that sends everything through Parley. It has no way around: where Parley does not run, nothing
 * shall pass unseen.
 */
export function pacFile({ host, port }: ReturnType<SiteFacts['listens']>): string {
  const [address = host] = reachableAt(host)
  return `function FindProxyForURL(url, host) {\n  return ${JSON.stringify(`PROXY ${hostAndPort({ host: address, port })}`)}\n}\n`
}
