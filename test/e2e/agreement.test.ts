/** Parley's dissection of live handshakes against tshark's, from the same bytes and keys. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../../src/wire/tls/handshake.ts'
import type { Tolerance } from './support/agreement.ts'
import { handshakeKinds } from './support/handshake-kinds.ts'
import { inParallel } from './support/in-parallel.ts'
import { judge, messageTitles } from './support/judge.ts'
import { runOpensslClient, startOpensslServer } from './support/openssl.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

/** tshark 4.0 takes the Finished of a post-handshake authentication for a change of keys, and reads nothing after it. */
const tolerate: Tolerance = (what, _ours, theirs) =>
  / post-handshake\.pass\.localhost /.test(what) && (theirs === undefined || what.endsWith(' order'))
    ? 'tshark loses the keys after post-handshake authentication'
    : undefined

/** The key of a binder is in no key log; what post-handshake authentication signs includes a transcript long gone. */
const unknowable = ({ name, detail }: Check): boolean => name.startsWith('binder') || detail.includes('post-handshake')

e2e('tshark and Parley agree on every shape of handshake', { needs: ['openssl', 'tshark'] }, async t => {
  const folder = temporaryFolder(t)
  const parley = await startParley(t, '--pass-through', '*.pass.localhost', '--pass-through', '127.0.0.1')
  const kinds = handshakeKinds(folder)
  const keys = join(folder, 'keys')
  writeFileSync(join(folder, 'early'), 'early words\n')
  const last = new Map<string, number>() // port of the server by kind
  await inParallel(
    kinds.map(kind => async () => {
      const server = await startOpensslServer(t, ...kind.server)
      last.set(kind.name, server.port)
      for (const client of kind.clients) {
        const host = kind.name.startsWith('no-name') ? '127.0.0.1' : `${kind.name}.pass.localhost`
        const steps = [...(kind.steps ?? [])]
        if (kind.serverCommand) steps.push({ server: kind.serverCommand, of: server.running })
        const args = ['-keylogfile', keys, ...client]
        await runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port: server.port, args, steps })
      }
      await server.running.stop('SIGKILL')
    }),
  )
  await parley.stop()
  const { agreement, legs } = await judge(folder, parley.capturePath, readFileSync(keys, 'utf8').split('\n'), tolerate)
  t.diagnostic(`${kinds.length} shapes: ${agreement.summary}`)
  const wrong: unknown[] = []
  for (const kind of kinds) {
    // Ports come again once a server has ended; names do not.
    const leg = legs.findLast(({ leg, connection: { serverName, target } }) =>
      leg !== 'upstream'
        ? false
        : serverName === undefined
          ? target?.port === last.get(kind.name) && kind.name.startsWith('no-name')
          : serverName === `${kind.name}.pass.localhost`,
    )
    assert.ok(leg, `${kind.name} was recorded`)
    const titles = messageTitles(leg.handshake)
    const left = [...titles]
    const missing = kind.shows.filter(title => {
      const at = left.indexOf(title)
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
    const { outcome, problems, messages } = leg.handshake
    if (missing.length > 0) wrong.push([kind.name, 'does not show', missing, titles])
    if (outcome !== (kind.outcome ?? 'established')) wrong.push([kind.name, outcome, titles])
    if (problems.length > 0) wrong.push([kind.name, problems])
    for (const { name, checks, malformed } of messages) {
      if (malformed) wrong.push([kind.name, name, malformed])
      const open = checks.filter(check => check.passed === false || (check.passed === undefined && !unknowable(check)))
      if (open.length > 0) wrong.push([kind.name, name, open])
    }
  }
  assert.deepEqual(agreement.disagreements, [])
  assert.deepEqual(wrong, [])
})
