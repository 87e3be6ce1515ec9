/** Clients of many runtimes over HTTPS through `parley run`: each gets through, or does not, as the README says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after } from 'node:test'
import { readmePath } from '../docs.ts'
import { verdictsIn } from './support/client-table.ts'
import { clients } from './support/clients.ts'
import { e2e } from './support/programs.ts'
import { type Servers, startServers, tryClient } from './support/try-client.ts'

const said = verdictsIn(readFileSync(readmePath, 'utf8'))
let servers: Promise<Servers> | undefined

for (const client of clients)
  e2e(`${client.name}: ${said.get(client.name)}`, {}, async t => {
    servers ??= startServers({ after })
    const tried = await tryClient(t, client, await servers)
    if (tried === undefined) return t.skip(`needs ${client.name}`)
    if (tried.seconds !== undefined) t.diagnostic(`read after ${tried.seconds} s`)
    assert.equal(tried.verdict, said.get(client.name), tried.said)
  })
