/** Bodies larger than what may be kept, and captures larger than their disk: the client's bytes stay exact. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { type Download, download } from './support/download.ts'
import { makeIdentities } from './support/identities.ts'
import { sha256, startOrigin, steadyBytes } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

const host = 'large.localhost'
const MB = 1024 * 1024

interface Ground {
  readonly parley: Parley
  /** Downloads so many bytes, over HTTP/2 unless told. */
  readonly get: (bytes: number, how?: 'h2' | 'http/1.1' | 'plain') => Promise<Download>
}

async function start(t: TestContext, ...args: string[]): Promise<Ground> {
  const identities = await makeIdentities(t)
  const secure = await startOrigin(t, identities.leaf('large', { host }))
  const plain = await startOrigin(t)
  const parley = await startParley(t, '--upstream-ca', identities.caPath, ...args)
  const ca = readFileSync(parley.caPath, 'utf8')
  return {
    parley,
    get(bytes, how = 'h2') {
      const origin = how === 'plain' ? `http://127.0.0.1:${plain}` : `https://${host}:${secure}`
      return download(parley.port, new URL(`${origin}/bytes/${bytes}`), ca, how === 'plain' ? undefined : how)
    },
  }
}

const exact = (bytes: number): Download => ({ length: bytes, hash: sha256(steadyBytes(bytes)) })

function look<T>(path: string, seen: (capture: Capture) => T): T {
  const capture = openCapture(path)
  try {
    return seen(capture)
  } finally {
    capture.close()
  }
}

/** Every response of a capture: length on the wire, what was not kept, and whether it ended. */
const responses = (capture: Capture) =>
  capture.flows({ limit: 10_000 }).flatMap(({ id, kind }) => {
    const response = kind === 'exchange' ? capture.exchange(id)?.response : undefined
    return response
      ? [{ id, bytes: response.bodyBytes, dropped: response.bodyDropped, ended: response.endedAt !== undefined }]
      : []
  })

e2e('a body over --body-limit is kept up to it and marked, and the client has every byte', {}, async t => {
  const size = 60 * MB
  const { parley, get } = await start(t, '--body-limit', '1m')
  const memory = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${parley.running.pid}/status`, 'utf8'))![1])
  const before = memory()
  for (const how of ['h2', 'http/1.1', 'plain'] as const) assert.deepEqual(await get(size, how), exact(size))
  assert.ok(memory() - before < 300 * 1024, `${memory() - before} KB more`)
  await parley.stop()
  look(parley.capturePath, capture => {
    const kept = { bytes: size, dropped: size - MB, ended: true }
    const seen = responses(capture)
    assert.deepEqual(
      seen.map(({ id, ...rest }) => rest),
      [kept, kept, kept],
    )
    for (const { id } of seen) {
      assert.equal(capture.bodyLength(id, 'response'), MB)
      assert.equal(sha256(capture.body(id, 'response', 0, 2 * MB)), sha256(steadyBytes(MB)))
    }
  })
})

e2e('near --disk-limit bodies are no longer kept, which is told; flows are still recorded', {}, async t => {
  const { parley, get } = await start(t, '--disk-limit', '8m')
  for (let i = 0; i < 4; i++) assert.deepEqual(await get(20 * MB), exact(20 * MB))
  await parley.running.heard(/bodies are no longer kept/)
  for (let i = 0; i < 20; i++) assert.deepEqual(await get(1000, 'http/1.1'), exact(1000))
  await parley.stop()
  assert.ok(statSync(parley.capturePath).size <= 8 * MB)
  look(parley.capturePath, capture => {
    const seen = responses(capture)
    assert.equal(seen.length, 24)
    for (const { id, bytes, dropped, ended } of seen) {
      assert.ok(ended)
      const kept = capture.body(id, 'response', 0, 20 * MB)
      assert.equal(sha256(kept), sha256(steadyBytes(kept.length)))
      assert.ok(bytes - dropped >= kept.length)
    }
    assert.ok(seen[0]!.dropped > 0 && seen[0]!.dropped < 20 * MB)
    assert.equal(seen[3]!.dropped, 20 * MB)
  })
})

/** A disk of this many MB; undefined where that is not allowed. */
function smallDisk(t: TestContext, size: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'parley-disk-'))
  let mounted = false
  t.after(() => {
    if (mounted) execFileSync('umount', ['-l', folder]) // lazily: Parley may still run
    rmdirSync(folder)
  })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', folder], { stdio: 'ignore' })
    mounted = true
    return folder
  } catch {
    return undefined
  }
}

e2e('a full disk is told, the traffic goes on, and what was recorded can be read', {}, async t => {
  const disk = smallDisk(t, 24)
  if (disk === undefined) return t.skip('needs the right to mount a small disk')
  const path = join(disk, 'full.parley')
  const { parley, get } = await start(t, '--capture', path)
  assert.deepEqual(await get(1000), exact(1000))
  await parley.closed(1)
  for (let i = 0; i < 3; i++) assert.deepEqual(await get(30 * MB), exact(30 * MB))
  await parley.running.heard(/recording stopped, traffic goes on: the disk is full/)
  assert.deepEqual(await get(1000, 'http/1.1'), exact(1000))
  const { code, stderr } = await parley.stop()
  assert.equal(code, 0)
  assert.equal(stderr.match(/recording stopped/g)?.length, 1)
  look(path, capture => {
    const [first] = responses(capture)
    assert.deepEqual(first, { id: 1, bytes: 1000, dropped: 0, ended: true })
  })
})

e2e('where the disk has room again recording goes on, and it is told', {}, async t => {
  const disk = smallDisk(t, 64)
  if (disk === undefined) return t.skip('needs the right to mount a small disk')
  const path = join(disk, 'again.parley')
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(45 * MB))
  const { parley, get } = await start(t, '--capture', path)
  for (let i = 0; i < 2; i++) assert.deepEqual(await get(30 * MB), exact(30 * MB))
  await parley.running.heard(/recording stopped, traffic goes on: the disk is full/)
  rmSync(join(disk, 'ballast'))
  await parley.running.heard(/there is room again: recording goes on/)
  assert.deepEqual(await get(1234), exact(1234))
  const { code } = await parley.stop()
  assert.equal(code, 0)
  look(path, capture => {
    const last = responses(capture).at(-1)!
    assert.deepEqual([last.bytes, last.dropped, last.ended], [1234, 0, true])
    assert.match(
      capture
        .events()
        .map(({ text }) => text)
        .join('\n'),
      /nothing was recorded from .* on/,
    )
  })
})
