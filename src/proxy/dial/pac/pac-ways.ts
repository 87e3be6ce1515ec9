import { type ProxyScheme, readOtherProxy, type Way } from '../other-proxy.ts'

/** What PAC calls them. Browsers take SOCKS for version 4, and let a SOCKS5 proxy look the names up. */
const schemes: Readonly<Record<string, ProxyScheme>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5h',
}
const pacPorts: Readonly<Partial<Record<ProxyScheme, number>>> = { http: 80 }

const mostWays = 16

/** `PROXY a:3128; SOCKS b; DIRECT`: what FindProxyForURL returns. Throws an Error where no way is in it; empty means DIRECT. */
export function readPacWays(result: string): readonly Way[] {
  const entries = result.split(';').map(entry => entry.trim())
  const named = entries.filter(entry => entry !== '').slice(0, mostWays)
  if (named.length === 0) return ['direct']
  const ways = named.map(readEntry).filter(way => way !== undefined)
  if (ways.length === 0) throw new Error(`it returns ${JSON.stringify(result.slice(0, 200))}`)
  return ways
}

/** Undefined for what nobody knows: browsers pass that by. */
function readEntry(entry: string): Way | undefined {
  const [, kind = '', where = ''] = /^(\S+)\s*(.*)$/.exec(entry) ?? []
  const upper = kind.toUpperCase()
  if (upper === 'DIRECT' && where === '') return 'direct'
  const scheme = Object.hasOwn(schemes, upper) ? schemes[upper] : undefined
  if (!scheme || where.includes('@') || where.includes('/')) return undefined
  const port = pacPorts[scheme]
  return readOtherProxy(`${scheme}://${where}${port !== undefined && !/:\d+$/.test(where) ? `:${port}` : ''}`)
}
