/** `npm run docs:clients`: sends every client that is installed through `parley run`, and writes the README's table. */
import { readFileSync, writeFileSync } from 'node:fs'
import { readmePath } from '../docs.ts'
import { withClientTable } from './support/client-table.ts'
import { clients } from './support/clients.ts'
import { startServers, tryClient, type Verdict } from './support/try-client.ts'

const cleaning: (() => unknown)[] = []
const owner = { after: (clean: () => unknown) => void cleaning.push(clean) }
const found = new Map<string, Verdict>()
try {
  const servers = await startServers(owner)
  for (const client of clients) {
    const tried = await tryClient(owner, client, servers)
    if (tried) found.set(client.name, tried.verdict)
    console.log(client.name.padEnd(44), tried?.verdict ?? 'not here', tried?.seconds ?? '')
    if (tried?.verdict === 'not') console.log(tried.said.trim().replace(/^/gm, '    '))
  }
} finally {
  for (const clean of cleaning) await clean()
}
writeFileSync(readmePath, withClientTable(readFileSync(readmePath, 'utf8'), found))
