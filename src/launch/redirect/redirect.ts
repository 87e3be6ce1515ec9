import { spawnSync } from 'node:child_process'
import { isIPv6 } from 'node:net'
import type { Journal } from '../journal.ts'

/** Where connections are to be led. */
export interface Redirected {
  readonly host: string
  readonly port: number
  /** Ports of the connections to be led there. */
  readonly ports: readonly number[]
  /** Whose connections of this machine go on as they are: the user that Parley runs as. */
  readonly user: number
}

const kind = 'redirect'

/** The nftables rules, as `nft -f` reads them. Other machines' connections are led there too, unless it is loopback. */
export function redirectRules({ host, port, ports, user }: Redirected, table: string): string {
  const family = host === '::' ? 'inet' : isIPv6(host) ? 'ip6' : 'ip'
  const match = `tcp dport { ${ports.join(', ')} } redirect to :${port}`
  const chain = (hook: string, rule: string): string =>
    `  chain ${hook} {\n    type nat hook ${hook} priority -100; policy accept;\n    ${rule}\n  }\n`
  const others = /^127\.|^::1$/.test(host) ? '' : chain('prerouting', match)
  return `table ${family} ${table} {\n${chain('output', `meta skuid != ${user} ${match}`)}${others}}\n`
}

/** Runs nft with a script on its stdin; returns what it has to complain of. */
export type RunNft = (script: string) => string | undefined

const nft: RunNft = script => {
  const { status, error, stderr } = spawnSync('nft', ['-f', '-'], { input: script, encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

/** Sets the rules, which the journal knows before. Returns how to take them away. Throws an Error with nft's words. */
export function setRedirect(rules: string, table: string, journal: Journal, run: RunNft = nft): () => void {
  const [, family = 'ip'] = /^table (\w+) /.exec(rules) ?? []
  journal.note({ kind, key: table, before: family, owner: process.pid })
  const complaint = run(rules)
  if (complaint !== undefined) {
    journal.forget({ kind, key: table })
    throw new Error(`nft refuses the rules: ${complaint}`)
  }
  return () => takeAway({ key: table, before: family }, journal, run)
}

/** Takes away the rules of Parleys that are gone. */
export function takeAwayOrphans(journal: Journal, run: RunNft = nft): void {
  for (const orphan of journal.orphans(kind)) takeAway(orphan, journal, run)
}

/** They may be gone already, after a start of the machine. */
function takeAway(
  { key, before }: { readonly key: string; readonly before: string },
  journal: Journal,
  run: RunNft,
): void {
  if (!/^\w+$/.test(key) || !/^(?:ip|ip6|inet)$/.test(before)) return
  run(`table ${before} ${key}\ndelete table ${before} ${key}\n`)
  journal.forget({ kind, key })
}
