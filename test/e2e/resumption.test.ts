import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { fixture } from './support/identities.ts'
import { identityArguments, runOpensslClient, startOpensslServer } from './support/openssl.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

/** A hello that resumes proves that it knows the key of its ticket, and Parley that it saw the key. */
function assertBinders({ legs }: ConnectionJson, rows: readonly ConnectionJson[]): void {
  for (const leg of ['client', 'upstream'] as const) {
    const checks = legs[leg]?.tls?.messages.find(({ name }) => name === 'client_hello')?.checks
    assert.deepEqual(
      checks?.map(({ name, passed }) => [name, passed]),
      [['binder 0', true]],
      `${leg}: ${JSON.stringify(checks)}`,
    )
    const others = rows.filter(row => row.legs !== legs).map(row => row.legs[leg]?.tls?.messages[0]?.checks)
    assert.deepEqual(others, [[], []])
  }
}

const kinds: readonly [title: string, args: readonly string[]][] = [
  ['TLS 1.3 by PSK', ['-tls1_3']],
  ['TLS 1.2 by ticket', ['-tls1_2']],
  ['TLS 1.2 by session id', ['-tls1_2', '-no_ticket']],
]
for (const [title, version] of kinds)
  e2e(
    `Parley resumes with the server when its client resumes, and for no other client: ${title}`,
    { needs: ['openssl'] },
    async t => {
      const parley = await startParley(t, '--insecure')
      const { port } = await startOpensslServer(t, '-rev', ...identityArguments(fixture('ecdsa')))
      const session = join(temporaryFolder(t), 'session')
      const visit = async (...args: string[]): Promise<void> => {
        const proxy = `127.0.0.1:${parley.port}`
        await runOpensslClient({ proxy, host: 'localhost', port, args: [...version, ...args], steps: ['abc'] })
      }
      await visit('-sess_out', session)
      await visit('-sess_in', session)
      await visit()
      const rows = await parley.closed(3)
      if (version.includes('-tls1_3')) assertBinders(rows[1]!, rows)
      const resumed = rows.map(({ legs }) => [legs.client?.agreed?.resumed, legs.upstream?.agreed?.resumed])
      assert.deepEqual(resumed, [
        [false, false],
        [true, true],
        [false, false],
      ])
    },
  )
