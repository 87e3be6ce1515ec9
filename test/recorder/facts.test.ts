import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAuthority } from '../../ca/index.ts'
import type { HandshakeFacts } from '../../src/model/handshake-facts.ts'
import { fetchThrough } from '../../src/peers/client.ts'
import type { OriginName } from '../../src/peers/origin.ts'
import { factsOf, legFacts } from '../../src/recorder/facts.ts'
import { SessionBook } from '../../src/recorder/session-book.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { dissect } from '../../src/wire/tls/dissect.ts'
import { optionsIn, ownFolder, startVisiting } from '../cli/recorded-run.ts'

const kinds: readonly OriginName[] = [
  ...(['tls13', 'hrr', 'tls12-ecdhe', 'tls12-rsa', 'tls12-cbc', 'http11', 'plain', 'expired', 'wrong-host'] as const),
  ...(['client-cert', 'client-cert-optional', 'alert', 'reset', 'closes', 'not-tls', 'garbage'] as const),
]

/** Of every kind, then resumed by TLS 1.3 and 1.2, through Parley and past it. */
async function record(): Promise<Capture> {
  const folder = ownFolder()
  const passed = await startVisiting(
    folder,
    {},
    { mirrorChoice: false, passThrough: ['http11.localhost', 'tls12-cbc.localhost'] },
  )
  const { run, origins, visit } = passed
  const { certificatePem: ca } = await openAuthority(optionsIn(folder).proxy.authorityFolder)
  for (const name of kinds) await visit(name)
  const again = async (name: OriginName, authority: string): Promise<void> => {
    const way = { url: new URL('/json', origins.named(name).url), proxy: run, ca: authority, timeout: 8000 }
    const { session } = await fetchThrough(way)
    assert.ok(session, `${name} gave a session`)
    await fetchThrough({ ...way, tls: { session } })
  }
  for (const name of ['tls13', 'tls12-ecdhe'] as const) await again(name, ca)
  for (const name of ['http11', 'tls12-cbc'] as const) await again(name, origins.caPem)
  const written = openCapture(run.capturePath)
  for (let tries = 0; tries < 400 && !isExplained(written); tries++) await sleep(50)
  written.close()
  await passed.close()
  return openCapture(run.capturePath)
}

/** Whether the last word on all that are passed through, the last of the connections, has been told. */
const isExplained = (written: Capture): boolean =>
  written.connections({ limit: 100 }).every(({ treatment, explained }) => treatment !== 'pass-through' || explained)

let capture: Capture
before(async () => {
  capture = await record()
})

/** As both handshakes say, read back and dissected whole, with every key. */
function dissected(): (id: number) => HandshakeFacts | undefined {
  const sessions = new SessionBook()
  return id => {
    const [client, upstream] = (['client', 'upstream'] as const).map(leg => {
      const kept = capture.legCapture(id, leg)
      return kept && dissect(kept, { checks: false, fields: false })
    })
    const origins = {
      client: client && sessions.originOf(client),
      upstream: upstream && sessions.originOf(upstream),
    }
    for (const handshake of [client, upstream]) if (handshake) sessions.add(id, handshake)
    return factsOf({ client: client && legFacts(client), upstream: upstream && legFacts(upstream) }, origins)
  }
}

test('what the recorder told from the hellos as they passed is what the whole handshakes say, for every kind', () => {
  const reference = dissected()
  const connections = capture.connections({ limit: 100 })
  assert.equal(connections.length, kinds.length + 8)
  let resumed = 0
  for (const { id, target, treatment } of connections) {
    const told = capture.facts(id)!
    assert.deepEqual({ ...told }, { ...reference(id) }, `${id} ${target?.host} ${treatment}`)
    if (told.clientResumes !== undefined) resumed++
  }
  assert.equal(resumed, 3, 'all but TLS 1.3 between others, whose tickets nobody can read')
})

test('every connection with TLS has its last word, and those that went well have no problem', () => {
  const all = capture.connections({ limit: 100 }).filter(({ id }) => capture.facts(id)?.clientJa4)
  assert.deepEqual([...new Set(all.map(({ explained }) => explained))], [true])
  const failed = new Set<OriginName>(['expired', 'wrong-host', 'client-cert', 'alert', 'reset', 'closes', 'not-tls'])
  for (const { id, target, problems } of all.slice(0, 4)) assert.deepEqual(problems, [], `${id} ${target?.host}`)
  for (const name of failed) assert.notDeepEqual(capture.connection(kinds.indexOf(name) + 1)?.problems, [], name)
})

test('both fingerprints and groups are told, and whether the legs differ', () => {
  const same = capture.facts(1)!
  assert.match(same.clientJa4!, /^t13d\w+_[0-9a-f]{12}_[0-9a-f]{12}$/)
  assert.match(same.upstreamJa4!, /^t13d/)
  assert.ok(same.clientGroup && same.upstreamGroup)
  assert.deepEqual([same.differs, capture.facts(3)!.differs], [false, true])
})

test('a connection without TLS, and one that nobody knows, has no facts', () => {
  assert.deepEqual({ ...capture.facts(kinds.indexOf('plain') + 1) }, {})
  assert.equal(capture.facts(99), undefined)
})

test('what is known to differ counts once both legs have chosen', () => {
  const chosen = { resumption: 'none', earlyData: 'none', clientCertificate: 'none', ocspStapled: false } as const
  const [begun, settled] = [
    { ja4: 'a', resumes: false },
    { ja4: 'a', resumes: false, chosen },
  ]
  assert.equal(factsOf({ client: settled, upstream: begun }, {}, true)?.differs, undefined)
  assert.equal(factsOf({ client: settled, upstream: settled }, {}, true)?.differs, true)
  assert.equal(factsOf({ client: settled, upstream: settled }, {})?.differs, false)
  const other = { ...settled, chosen: { ...chosen, version: 0x0303 } }
  assert.equal(factsOf({ client: settled, upstream: other }, {})?.differs, true)
})

test('an origin counts where the leg resumes', () => {
  const fresh = { ja4: 'a', resumes: false }
  const legs = { client: { ...fresh, resumes: true }, upstream: fresh }
  assert.deepEqual(factsOf(legs, { client: 3, upstream: 3 }), { clientJa4: 'a', upstreamJa4: 'a', clientResumes: 3 })
  assert.equal(factsOf({ client: { resumes: false } }, { client: 3 }), undefined)
})
