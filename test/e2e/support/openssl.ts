import { setTimeout as sleep } from 'node:timers/promises'
import type { Files } from './identities.ts'
import { type Ended, type Owner, Running, start } from './processes.ts'

export interface OpensslServer {
  readonly running: Running
  readonly port: number
}

export const identityArguments = ({ cert, key }: Files): string[] => ['-cert', cert, '-key', key]

/** `openssl s_server` on a free port; with `-rev` it says every line back, reversed. */
export async function startOpensslServer(owner: Owner, ...args: string[]): Promise<OpensslServer> {
  const running = start(owner, 'openssl', ['s_server', '-accept', '127.0.0.1:0', ...args], { open: true })
  const match = await running.heard(/ACCEPT \S+:(\d+)/)
  return { running, port: Number(match[1]) }
}

/**
 * What to do once the handshake is over: say a line and wait until a `-rev` server says it back; wait for what s_client prints; give s_client or
 * s_server one of their commands (`R` renegotiates, `K` and `k` change keys, `c` asks for a certificate).
 */
export type Step =
  | string
  | { readonly heard: RegExp }
  | { readonly client: string }
  | { readonly server: string; readonly of: Running }

export interface ClientRun {
  /** `127.0.0.1:port` of a proxy */
  readonly proxy?: string
  readonly host: string
  readonly port: number
  readonly args?: readonly string[]
  readonly steps?: readonly Step[]
}

/** `openssl s_client` from the handshake to `Q`, its way to close. */
export async function runOpensslClient({ proxy, host, port, args = [], steps = [] }: ClientRun): Promise<Ended> {
  const via = proxy ? ['-proxy', proxy] : []
  const client = new Running('openssl', ['s_client', ...via, '-connect', `${host}:${port}`, ...args], {
    open: true,
    timeout: 15_000,
  })
  for (const step of steps) {
    if (typeof step === 'string') {
      client.write(`${step}\n`)
      // A server that refuses says nothing.
      await client.heard(new RegExp([...step].reverse().join('')), 5000).catch(() => {})
      continue
    }
    if ('heard' in step) {
      await client.heard(step.heard, 5000).catch(() => {})
      continue
    }
    await client.heard(/Verify return code: /, 5000).catch(() => {}) // the handshake is over
    await sleep(120)
    if ('client' in step) client.write(`${step.client}\n`)
    else step.of.write(`${step.server}\n`)
    await sleep(300)
  }
  client.write('Q\n')
  client.child.stdin?.end()
  return await client.ended
}
