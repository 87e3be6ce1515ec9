import os from 'node:os'
import type { Hint } from '../tui/actions.ts'
import { type ListenAddress, showListen } from './option-values.ts'

/** How Parley is called here, and where it listens. */
export interface Here {
  readonly command: string
  readonly listen: ListenAddress
}

/** Commands that record by themselves: for a capture that holds nothing. */
export const toRecord = (command: string): readonly [Hint, Hint] => [
  { what: 'a browser, with a profile that trusts Parley', command: `${command} browser https://example.com/` },
  { what: 'a command, and all that it starts', command: `${command} run -- curl https://example.com/` },
]

/** Commands that send something to a proxy that runs. `byDesktop`: there are system settings that Parley can set. */
export function toSend({ command, listen }: Here, byDesktop: boolean): readonly [Hint, Hint] {
  const proxy = `curl -x ${showListen(listen)}`
  const request = { what: 'one request', command: `${proxy} --cacert "$(${command} ca path)" https://example.com/` }
  return [request, byDesktop ? wholeSystem({ command, listen }) : { ...toRecord(command)[0], what: ownScreen }]
}

const ownScreen = 'a browser, with a screen of its own'

/** What the first run offers. */
export const waysIn = (here: Here, network = ownNetwork()): readonly Hint[] => [
  ...toRecord(here.command),
  wholeSystem(here),
  {
    what: 'a phone, by a Parley in place of this one; there Q shows where it finds the steps',
    command: `${here.command} --listen 0.0.0.0:${here.listen.port} --allow ${network}`,
  },
]

const wholeSystem = ({ command, listen }: Here): Hint => {
  const at = showListen(listen)
  return {
    what: 'the whole system, until "system-proxy off"',
    command: `${command} system-proxy on${at === '127.0.0.1:8080' ? '' : ` --listen ${at}`}`,
  }
}

/** The network that this machine is in, as `--allow` takes it. */
export function ownNetwork(interfaces: ReturnType<typeof os.networkInterfaces> = os.networkInterfaces()): string {
  const outward = Object.values(interfaces)
    .flatMap(all => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)
  return outward?.cidr ?? '192.168.0.0/16'
}
