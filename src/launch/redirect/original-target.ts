import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Endpoint, Target } from '../../model/connection.ts'

interface Ends {
  readonly local: Endpoint
  readonly remote: Endpoint
}

/** The lines of the kernel's table of connections; root alone may read it. Throws where nobody here can. */
export type ReadTable = () => string

/**
 * Where a connection was going before a rule of this machine's firewall led it here, as the kernel remembers it; undefined
 * where it does not, or does not say. Where no rule led it here that is where it came to.
 */
export function originalTarget({ local, remote }: Ends, read: ReadTable = readTable): Target | undefined {
  try {
    for (const line of read().split('\n')) {
      const [asked, answered] = tuplesIn(line)
      if (asked && answered && isFrom(asked, remote) && isFrom(answered, local))
        return { host: plain(asked.dst), port: Number(asked.dport) }
    }
  } catch {}
  return undefined
}

const mostBytes = 64 * 1024 * 1024

function readTable(): string {
  try {
    return readFileSync('/proc/net/nf_conntrack', 'latin1')
  } catch {
    return execFileSync('conntrack', ['-L', '-p', 'tcp'], { encoding: 'latin1', stdio: 'pipe', maxBuffer: mostBytes })
  }
}

type Tuple = Readonly<Record<'src' | 'dst' | 'sport' | 'dport', string>>

/** What was asked, and how the answers to it come: `src= dst= sport= dport=`, twice. */
function tuplesIn(line: string): readonly Tuple[] {
  if (!/\btcp\b/.test(line)) return []
  const found = line.matchAll(/\bsrc=(\S+) dst=(\S+) sport=(\d+) dport=(\d+)/g)
  return Array.from(found, ([, src = '', dst = '', sport = '', dport = '']) => ({ src, dst, sport, dport }))
}

const isFrom = ({ src, sport }: Tuple, { address, port }: Endpoint): boolean =>
  Number(sport) === port && plain(src) === plain(address)

/** The kernel writes all zeros of an IPv6 address, and a socket an IPv4 address as IPv6. */
function plain(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/, '')
  return bare.includes(':') ? new URL(`http://[${bare.split('%', 1)[0]}]/`).hostname.slice(1, -1) : bare
}
