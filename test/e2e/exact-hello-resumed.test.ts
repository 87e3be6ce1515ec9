/** A client that resumes: the server sees a hello that resumes, and resumes. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { hellosOf, masked } from './support/hello-bytes.ts'
import { opensslSpoke } from './support/hello-differences.ts'
import { makeIdentities } from './support/identities.ts'
import { fingerprintsByTshark } from './support/ja4-by-tshark.ts'
import { identityArguments, startOpensslServer } from './support/openssl.ts'
import { startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { type Watched, watchProxy, watchServer } from './support/watched.ts'

const host = 'origin.test'

const kinds: Readonly<Record<string, readonly string[]>> = {
  'TLS 1.3': [],
  'TLS 1.3 by a HelloRetryRequest': ['-groups', 'P-384'],
  'TLS 1.2 by a ticket': ['-no_tls1_3'],
  'TLS 1.2 by a session id': ['-no_tls1_3', '-no_ticket'],
}

for (const [kind, args] of Object.entries(kinds))
  e2e(`a client that resumes ${kind} is seen to, and resumed`, { needs: ['openssl', 'tshark'] }, async t => {
    const { folder, dumb, front, seen, ask, session } = await open(t, args)
    const said = async (proxyPort: number): Promise<readonly (string | undefined)[]> => {
      const file = session(String(proxyPort))
      return [await ask(proxyPort, '-sess_out', file), await ask(proxyPort, '-sess_in', file)]
    }
    assert.deepEqual(await said(dumb.port), ['New', 'Reused'], 'directly')
    assert.deepEqual(await said(front.port), ['New', 'Reused'], 'through Parley')
    assert.equal(seen.length, 4)
    const told = await fingerprintsByTshark(folder, [...seen, ...front.seen])
    const [first, again, firstThrough, againThrough, firstLeft, againLeft] = told
    assert.deepEqual([firstThrough, againThrough], [firstLeft, againLeft], 'by JA3 and JA4 as it left')
    assert.deepEqual([firstThrough, againThrough], [first, again], 'by JA3 and JA4 as it is directly')
    assert.equal(hello(seen[2]), hello(front.seen[0]))
    assert.notEqual(hello(seen[3]), hello(front.seen[1]), 'tickets are for one server each')
  })

e2e('a session from a time without Parley is not resumed, and OpenSSL speaks', { needs: ['openssl'] }, async t => {
  const { parley, dumb, front, ask, session } = await open(t, ['-no_tls1_3', '-no_ticket'])
  assert.equal(await ask(dumb.port, '-sess_out', session('own')), 'New')
  assert.equal(await ask(dumb.port, '-sess_in', session('own')), 'Reused')
  assert.equal(await ask(front.port, '-sess_in', session('own')), 'New')
  const [reason] = (await opensslSpoke(parley)).values()
  assert.match(reason ?? '', /a session of the client’s own/)
})

const hello = (watched: Watched | undefined): string => masked(hellosOf(watched!)[0]!)

/** An origin with these options, the two ways to it, and a client that says whether its session is new. */
async function open(t: TestContext, args: readonly string[]) {
  const folder = temporaryFolder(t)
  const identities = await makeIdentities(t)
  const files = identities.leaf('origin', { host })
  const origin = await startOpensslServer(t, '-www', ...identityArguments(files), ...args)
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--resolve', `${host}:127.0.0.1`)
  const { port, seen } = await watchServer(t, origin.port)
  const ask = async (proxyPort: number, ...more: string[]): Promise<string | undefined> => {
    const to = ['-proxy', `127.0.0.1:${proxyPort}`, '-connect', `${host}:${port}`]
    const input = `GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`
    const { stdout } = await run('openssl', ['s_client', ...to, '-ign_eof', '-quiet', ...more], { input })
    return /^(New|Reused), /m.exec(stdout)?.[1]
  }
  const session = (name: string): string => join(folder, name)
  return { folder, parley, dumb: await watchProxy(t), front: await watchProxy(t, parley.port), seen, ask, session }
}
