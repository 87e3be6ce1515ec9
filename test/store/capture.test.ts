import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import fc from 'fast-check'
import { openCapture } from '../../src/store/capture.ts'
import { FramePacker } from '../../src/store/frame-page.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { anyConnection, anyExchange, connectionOf, exchangeOf, inFolder } from './samples.ts'

test('an exchange and a connection come back as they were written', () => {
  fc.assert(
    fc.property(anyExchange, anyConnection, (exchange, connection) =>
      inFolder(folder => {
        const path = join(folder, 'a.parley')
        const writer = openCaptureWriter(path)
        writer.connection(connection)
        writer.exchange(exchange)
        writer.close()
        const capture = openCapture(path)
        assert.deepEqual(capture.exchange(exchange.id), exchange)
        assert.deepEqual(capture.connection(connection.id), connection)
        capture.close()
      }),
    ),
    { numRuns: 40 },
  )
})

test('a reader sees what was committed and nothing else', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path, { now: 77 })
    const capture = openCapture(path)
    writer.connection(connectionOf(1))
    writer.exchange(exchangeOf(writer.nextFlowId()))
    assert.equal(capture.count(), 0)
    assert.equal(capture.exchange(1), undefined)
    writer.commit()
    const { size, ...info } = capture.info()
    assert.deepEqual(info, { path, connections: 1, flows: 1, failed: 0, startedAt: 77 })
    assert(size > 0)
    assert.deepEqual(capture.exchange(1), exchangeOf(1))
    writer.close()
    capture.close()
  }))

test('a leg comes back in order of offset, with its headers, keys and start of TLS', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const chunk = (offset: number, byte: number) => ({ at: offset + 0.5, offset, bytes: Uint8Array.of(byte) })
    const header = (offset: number) => ({ at: 9.5, offset, type: 23, version: 0x303, length: 100 })
    const tlsStartsAt = { toServer: 40, toClient: 39 }
    writer.connection(connectionOf(4, { client: { tlsStartsAt } }))
    writer.wire(4, 'client', 'to-server', chunk(1, 2))
    writer.wire(4, 'client', 'to-server', chunk(0, 1))
    writer.wire(4, 'client', 'to-client', chunk(0, 3))
    writer.wire(4, 'upstream', 'to-client', chunk(0, 4))
    for (const offset of [700, 805]) writer.recordHeader(4, 'client', 'to-client', header(offset))
    writer.commit()
    writer.recordHeader(4, 'client', 'to-client', header(910))
    writer.keyLog(4, 'client', 'CLIENT_RANDOM 00 11')
    writer.keyLog(4, 'client', 'EXPORTER_SECRET 00 22')
    writer.close()
    const capture = openCapture(path)
    assert.deepEqual(capture.legCapture(4, 'client'), {
      chunks: { 'to-server': [chunk(0, 1), chunk(1, 2)], 'to-client': [chunk(0, 3)] },
      headers: { 'to-server': [], 'to-client': [header(700), header(805), header(910)] },
      keyLog: ['CLIENT_RANDOM 00 11', 'EXPORTER_SECRET 00 22'],
      tlsStartsAt,
    })
    assert.deepEqual(capture.legCapture(4, 'upstream')?.tlsStartsAt, { toServer: 0, toClient: 0 })
    assert.equal(capture.legCapture(5, 'client'), undefined)
    capture.close()
  }))

test('frames, events, facts and the exchanges of a connection come back in order', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const failing = connectionOf(1, { problems: [{ code: 'a/b', blame: 'server', message: 'm' }] })
    writer.connection(failing)
    writer.connection(connectionOf(2))
    writer.facts(2, { clientGroup: 'x25519', differs: false })
    writer.connectionFlow(failing, writer.nextFlowId())
    for (const connection of [2, 1, 2]) writer.exchange({ ...exchangeOf(writer.nextFlowId()), connection })
    const frames = new FramePacker()
    for (const stream of [1, 3]) {
      frames.add('to-server', 1000, { type: 1, flags: 5, stream, length: 9 }, undefined)
      writer.frames(2, frames.take()!)
    }
    writer.event(5, 'warning', 'first')
    writer.event(6, 'info', 'second')
    writer.close()
    const capture = openCapture(path)
    assert.deepEqual(
      capture.frames(2, { limit: 9 }).map(({ index, stream }) => [index, stream]),
      [
        [0, 1],
        [1, 3],
      ],
    )
    assert.deepEqual(
      capture.events(1).map(({ text }) => text),
      ['second'],
    )
    assert.equal(capture.events().length, 2)
    assert.deepEqual({ ...capture.facts(2) }, { clientGroup: 'x25519', differs: false })
    assert.deepEqual(capture.exchangesOf(2), [2, 4])
    assert.deepEqual(
      capture.connections({ failed: true, limit: 9 }).map(({ id }) => id),
      [1],
    )
    assert.deepEqual(
      capture.connections({ order: 'newest', limit: 9 }).map(({ id }) => id),
      [2, 1],
    )
    assert.equal(capture.info().failed, 1)
    capture.close()
  }))

const child = `
  import { openCaptureWriter } from ${JSON.stringify(new URL('../../src/store/writer.ts', import.meta.url).href)}
  import { exchangeOf } from ${JSON.stringify(new URL('./samples.ts', import.meta.url).href)}
  const writer = openCaptureWriter(process.argv[1])
  for (let tick = 1; tick <= 40; tick++) {
    for (let n = 0; n < 25; n++) writer.exchange(exchangeOf(writer.nextFlowId()), undefined, new Uint8Array(300))
    writer.body(1, 'response', 300 + (tick - 1) * 400_000, new Uint8Array(400_000).fill(tick))
    if (tick < 40) writer.commit()
    process.stdout.write(tick + '\\n')
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  setInterval(() => {}, 1000)`

test('another process reads whole commits while the writer writes, and all of them after it was killed', () =>
  inFolder(async folder => {
    const path = join(folder, 'a.parley')
    const writer = spawn(process.execPath, ['--input-type=module', '--eval', child, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(writer, 'exit')
    let capture: ReturnType<typeof openCapture> | undefined
    let last = 0
    try {
      for await (const line of createInterface({ input: writer.stdout })) {
        const tick = Number(line)
        capture ??= openCapture(path)
        const flows = capture.count()
        assert.equal(flows % 25, 0)
        const known = capture.bodyLength(1, 'response') // commits go on meanwhile
        assert(known >= 300 + (flows / 25) * 400_000 && (known - 300) % 400_000 === 0)
        assert.deepEqual([...capture.body(1, 'response', known - 1, 1)], [(known - 300) / 400_000])
        assert(flows >= Math.max(last, Math.min(tick, 39) * 25))
        assert.equal(capture.flows({ limit: 1, order: 'newest' })[0]!.id >= flows, true)
        last = flows
        if (tick === 40) break
      }
    } finally {
      writer.kill('SIGKILL')
      await exited
      capture?.close()
    }
    assert(statSync(`${path}-wal`).size > 0, 'a crash leaves its log')
    const after = openCapture(path)
    assert.equal(after.count(), 39 * 25)
    assert.deepEqual(after.exchange(39 * 25), exchangeOf(39 * 25))
    assert.equal(after.exchange(39 * 25 + 1), undefined)
    const kept = after.body(1, 'response', 300, 1e9)
    assert.equal(kept.length, 39 * 400_000)
    assert.ok(kept.every((byte, at) => byte === 1 + Math.floor(at / 400_000)))
    assert.ok(statSync(`${path}-bodies`).size > 32 + 39 * 400_000, 'bytes that nobody knows of')
    after.close()
  }))

const nobody = 65_534

test('a closed capture opens in a folder that cannot be written', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    writer.exchange(exchangeOf(1))
    writer.close()
    const root = process.getuid?.() === 0 // whom no mode stops
    if (root) for (const each of [path, folder]) chownSync(each, nobody, nobody)
    chmodSync(folder, 0o500)
    try {
      if (root) process.seteuid!(nobody)
      const capture = openCapture(path)
      assert.equal(capture.count(), 1)
      capture.close()
    } finally {
      if (root) process.seteuid!(0)
      chmodSync(folder, 0o700)
    }
  }))

test('a closed capture has no -wal and no -shm', () =>
  inFolder(folder => {
    const writer = openCaptureWriter(join(folder, 'a.parley'))
    writer.exchange(exchangeOf(1))
    writer.commit()
    assert(existsSync(join(folder, 'a.parley-wal')))
    writer.close()
    assert.deepEqual(readdirSync(folder), ['a.parley'])
  }))

test('the title, the host tree and ~failed count the same: what was aborted and connections with a problem', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const failing = connectionOf(1, { problems: [{ code: 'a/b', blame: 'server', message: 'm' }] })
    writer.connection(failing)
    writer.connectionFlow(failing, writer.nextFlowId())
    const id = () => writer.nextFlowId()
    writer.exchange({ ...exchangeOf(id()), aborted: { at: 9, by: 'server', why: 'gone' } })
    writer.exchange({ ...exchangeOf(id()), connection: 1 })
    writer.close()
    const capture = openCapture(path)
    assert.equal(capture.info().failed, 2)
    assert.equal(capture.matching({ type: 'flag', name: 'failed' }, 9).length, 2)
    assert.equal(
      capture.hosts().reduce((sum, host) => sum + host.failed, 0),
      2,
    )
    capture.close()
  }))
