/** What both ends say that they sent and got, against what Parley saw in between. */
import assert from 'node:assert/strict'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { makeIdentities } from './support/identities.ts'
import { identityArguments, runOpensslClient, startOpensslServer } from './support/openssl.ts'
import { startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

/** Messages of `-msg` output, such as `sent 22 311`: content type and length of the body. */
function traced(text: string): { sent: string[]; got: string[] } {
  const told = { sent: [] as string[], got: [] as string[] }
  const types: Readonly<Record<string, number>> = { ChangeCipherSpec: 20, Alert: 21, Handshake: 22 }
  for (const [, arrow, kind, hex] of text.matchAll(/^(<<<|>>>) [^,]+, (\w+) \[length ([0-9a-f]+)\]/gm)) {
    const type = types[kind!]
    if (type === undefined) continue // RecordHeader, InnerContent
    if (type === 20 && arrow === '<<<') continue // of a CCS that TLS 1.3 ignores nothing is told
    const length = Number.parseInt(hex!, 16)
    told[arrow === '>>>' ? 'sent' : 'got'].push(`${type} ${type === 22 ? length - 4 : length}`)
  }
  return told
}

type Leg = ConnectionJson['legs']['client']

const seen = (leg: Leg | undefined, direction: string, { ccs = true } = {}): string[] =>
  (leg?.tls?.messages ?? [])
    .filter(message => message.direction === direction && (ccs || message.contentType !== 20))
    .map(({ contentType, length }) => `${contentType} ${length}`)

for (const version of ['-tls1_3', '-tls1_2'])
  for (const options of [[], ['-Verify', '1'], ['-groups', 'P-384']])
    e2e(
      `both ends tell the same messages as Parley: ${version} ${options.join(' ')}`,
      { needs: ['openssl'] },
      async t => {
        const identities = await makeIdentities(t)
        const host = 'trace.localhost'
        const files = identities.leaf('trace', { host, keyType: 'rsa' })
        const verify = options[0] === '-Verify' ? ['-verify', '1'] : options // a certificate is asked for, not required
        const server = await startOpensslServer(t, '-rev', '-msg', version, ...identityArguments(files), ...verify)
        const parley = await startParley(t, '--upstream-ca', identities.caPath)
        const run = { proxy: `127.0.0.1:${parley.port}`, host, port: server.port, steps: ['hello'] }
        const client = await runOpensslClient({ ...run, args: ['-msg', '-CAfile', parley.caPath] })
        const [shown] = await parley.closed(1)
        await server.running.heard(/Alert|CONNECTION CLOSED/)
        const [atClient, atServer] = [traced(client.stdout), traced(server.running.said)]
        assert.ok(atClient.sent.length >= 4 && atServer.sent.length >= 4)
        const { client: left, upstream: right } = shown!.legs
        assert.deepEqual(seen(left, 'C>S'), atClient.sent)
        assert.deepEqual(seen(right, 'S>C').slice(0, atServer.sent.length), atServer.sent)
        // s_client leaves, and s_server says goodbye, without reading what may still come.
        assert.deepEqual(seen(left, 'S>C', { ccs: false }).slice(0, atClient.got.length), atClient.got)
        assert.deepEqual(seen(right, 'C>S', { ccs: false }).slice(0, atServer.got.length), atServer.got)
      },
    )
