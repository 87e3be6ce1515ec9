import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { openAuthority } from '../../ca/index.ts'
import { fetchThrough } from '../../src/peers/client.ts'
import { problemOf } from '../../src/problem/problem.ts'
import { FactQueue, type FactSource } from '../../src/recorder/facts.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { optionsIn, ownFolder, startVisiting } from '../cli/recorded-run.ts'

/** Connections: 1 over TLS 1.3, 2 without TLS, 3 TLS 1.2 upstream, 4 resumes the session of 1. */
let capture: Capture
before(async () => {
  const folder = ownFolder()
  const visiting = await startVisiting(folder, {}, { mirrorChoice: false })
  const { certificatePem: ca } = await openAuthority(optionsIn(folder).proxy.authorityFolder)
  const { session } = await visiting.visit('tls13')
  assert.ok(session, 'the client was given a session')
  await visiting.visit('plain')
  await visiting.visit('tls12-ecdhe')
  const url = new URL('/json', visiting.origins.named('tls13').url)
  await fetchThrough({ url, proxy: visiting.run, ca, tls: { session }, timeout: 8000 })
  await visiting.close()
  capture = openCapture(visiting.run.capturePath)
})

/** The capture before anybody told the facts. */
const untold = (): FactSource => ({
  connection: id => capture.connection(id),
  legCapture: (id, leg) => capture.legCapture(id, leg),
  facts: () => undefined,
})

const factsOf = (id: number) => {
  const queue = new FactQueue()
  queue.add([id])
  return queue.next(untold())?.facts
}

test('both fingerprints and groups are told, and whether the legs differ', () => {
  const same = factsOf(1)!
  assert.match(same.clientJa4!, /^t13d\w+_[0-9a-f]{12}_[0-9a-f]{12}$/)
  assert.match(same.upstreamJa4!, /^t13d/)
  assert.ok(same.clientGroup && same.upstreamGroup)
  assert.deepEqual([same.differs, factsOf(3)!.differs], [false, true])
})

test('a connection without TLS, and one that nobody knows, has no facts', () => {
  assert.equal(factsOf(2), undefined)
  assert.equal(factsOf(99), undefined)
})

test('the recorder has told the same facts by itself', () => {
  assert.equal(capture.facts(1)?.clientJa4, factsOf(1)!.clientJa4)
})

test('the queue tells each connection with TLS once, in order, and where a session comes from', () => {
  const queue = new FactQueue()
  queue.add([1, 2, 3, 4])
  queue.add([1])
  const told = Array.from({ length: 4 }, () => queue.next(untold()))
  assert.deepEqual(
    told.map(next => next?.id),
    [1, 3, 4, undefined],
  )
  assert.equal(queue.size, 0)
  assert.deepEqual(
    told.map(next => next?.facts.clientResumes),
    [undefined, undefined, 1, undefined],
  )
})

test('what has been told is not told again', () => {
  const queue = new FactQueue()
  queue.add([1])
  assert.equal(queue.next({ ...untold(), facts: () => ({ clientJa4: 'known' }) }), undefined)
  assert.equal(queue.size, 0)
})

test('a connection whose handshake is under way is passed over until it changes', () => {
  const queue = new FactQueue()
  queue.add([1, 3])
  const source = untold()
  const young = { id: 1, openedAt: 0, client: {}, problems: [] }
  const next = queue.next({ ...source, connection: id => (id === 1 ? young : source.connection(id)) })
  assert.deepEqual([next?.id, queue.size], [3, 0])
  queue.add([1])
  assert.equal(queue.next(source)?.id, 1)
})

test('the last word on a connection is told once, when it is over', () => {
  assert.equal(capture.connection(1)?.explained, true)
  const { explained: _, ...fresh } = capture.connection(1)!
  const source = { ...untold(), facts: () => ({ clientJa4: 'known' }) }
  const queue = new FactQueue()
  const next = (connection: typeof fresh) => {
    queue.add([1])
    return queue.next({ ...source, connection: () => connection })
  }
  const { closed: __, ...open } = fresh
  assert.equal(next(open), undefined)
  const told = next(fresh)?.explained
  assert.deepEqual([told?.explained, told?.problems], [true, []])
  assert.equal(next(told!), undefined)
})

test('a queue that nobody empties does not grow for ever', () => {
  const queue = new FactQueue()
  queue.add(Array.from({ length: 10_050 }, (_, id) => id))
  assert.equal(queue.size, 10_000)
})

test('a connection that its client left unused is no failure where a sister works, whichever ends first', () => {
  const { explained: _, ...working } = capture.connection(1)!
  const process = { pid: 7, name: 'browser', command: '' }
  const left = { ...working, id: 50, process, problems: [problemOf('tls/closed-by-client')] }
  const alone = { ...left, id: 51, process: { ...process, pid: 8 } }
  const source: FactSource = {
    connection: id => (id === 1 ? { ...working, process } : id === 50 ? left : alone),
    legCapture: (id, leg) => {
      const kept = capture.legCapture(1, leg)
      if (!kept || id === 1) return kept
      const chunks = { 'to-server': kept.chunks['to-server'], 'to-client': [] }
      return leg === 'upstream' ? undefined : { ...kept, chunks, headers: { 'to-server': [], 'to-client': [] } }
    },
    facts: () => undefined,
  }
  const told = (ids: readonly number[]) => {
    const queue = new FactQueue()
    const words: string[] = []
    for (const id of ids) {
      queue.add([id])
      for (let next = queue.next(source); next; next = queue.next(source))
        words.push(`${next.id} ${next.explained?.problems.map(({ code }) => code)}`)
    }
    return words
  }
  assert.deepEqual(told([1, 50]), ['1 ', '50 '])
  assert.deepEqual(told([50, 1]), ['50 tls/closed-by-client', '1 ', '50 '])
  assert.deepEqual(told([1, 51]), ['1 ', '51 tls/closed-by-client'])
})
