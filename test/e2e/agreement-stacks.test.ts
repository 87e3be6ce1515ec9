/** Programs of every TLS library on this machine, with each other through Parley, both legs told by Parley and by tshark. */
import assert from 'node:assert/strict'
import type { Tolerance } from './support/agreement.ts'
import { makeIdentities } from './support/identities.ts'
import { inParallel } from './support/in-parallel.ts'
import { assertJsonAgrees } from './support/json-agreement.ts'
import { judge } from './support/judge.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e, findProgram } from './support/programs.ts'
import { stackClients, startServers } from './support/stacks.ts'

const wanted = ['openssl', 'tshark', 'curl', 'nginx', 'python3', 'gnutls-cli', 'gnutls-serv', 'java', 'javac']

e2e('tshark and Parley agree on both legs between real stacks', { needs: wanted, timeout: 120_000 }, async t => {
  const folder = temporaryFolder(t)
  const identities = await makeIdentities(t)
  const servers = await startServers(t, identities)
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  const clients = stackClients(t, parley, folder).filter(({ needs }) => findProgram(needs))
  const failed: unknown[] = []
  await inParallel(
    clients.flatMap(client =>
      servers.map(server => async () => {
        const text = await client.get(server)
        if (!/nginx says hello|s_server|GnuTLS/i.test(text)) failed.push([client.name, server.name, text.slice(0, 500)])
      }),
    ),
  )
  await parley.stop()
  assert.deepEqual(failed, [], 'every client gets its page')
  const { agreement, legs } = await judge(folder, parley.capturePath, [], behindUnkept)
  t.diagnostic(`${clients.length} clients, ${servers.length} servers: ${agreement.summary}`)
  assert.deepEqual(agreement.disagreements, [])
  const shown = await parley.show()
  assert.equal(legs.length, clients.length * servers.length * 2)
  for (const leg of legs) {
    if (leg.theirs.messages.length === leg.handshake.messages.length) assertJsonAgrees(shown, leg) // the others are tolerated
    assert.equal(leg.handshake.outcome, 'established')
    assert.deepEqual(leg.handshake.problems, [])
  }
})

/** Parley keeps no application data below TLS, and tshark loses count of the records that it cannot decrypt. */
const behindUnkept: Tolerance = (_, ours, theirs) =>
  (theirs === undefined && ours === 'alert of 2 B') ||
  ours?.replace(/ [<>]alert/g, '') === theirs?.replace(/ [<>]alert/g, '')
    ? 'tshark decrypts no alert behind application data that was not kept'
    : undefined
