import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { watchRun } from '../../../src/cli/events/watch-run.ts'
import { eventJson, type Told } from '../../../src/view/json/event-json.ts'
import { assertFits } from '../../view/json/schemas.ts'
import { ownFolder, startVisiting } from '../recorded-run.ts'

test('all that happens is told as the schema says, the end last', async () => {
  const visiting = await startVisiting(ownFolder())
  const told: Told[] = []
  const watched = watchRun(visiting.run, { tell: event => told.push(event) })
  for (const name of ['tls13', 'plain', 'expired'] as const) await visiting.visit(name)
  await watched.close({ because: 'signal', signal: 'SIGTERM' })
  await visiting.origins.close()
  for (const event of told) assertFits('event', eventJson(event, 0))
  const counts = new Map<string, number>()
  for (const { event } of told) counts.set(event, (counts.get(event) ?? 0) + 1)
  const count = (event: string) => counts.get(event)
  assert.deepEqual([told[0]!.event, told.at(-1)!.event, count('ended')], ['listening', 'ended', 1])
  assert.deepEqual([count('connection-opened'), count('connection-closed')], [3, 3])
  assert.ok(count('flow-begun')! >= 3 && count('flow-begun') === count('flow-ended'), JSON.stringify([...counts]))
  assert.ok(told.some(event => event.event === 'problem' && event.problem.code === 'tls/certificate-expired'))
  assert.equal(existsSync(`${visiting.run.capturePath}-wal`), false)
})

test('while the watcher is full nothing is told, and afterwards everything', async () => {
  const visiting = await startVisiting(ownFolder())
  const told: string[] = []
  let full = true
  let makeRoom = (): void => {}
  const watched = watchRun(visiting.run, {
    tell: ({ event }) => told.push(event),
    full: () => full,
    room: () =>
      new Promise(resolve => {
        makeRoom = resolve
      }),
  })
  await visiting.visit('tls13')
  await new Promise(resolve => setTimeout(resolve, 200))
  assert.deepEqual(told, ['listening'])
  full = false
  makeRoom()
  await watched.close({ because: 'signal' })
  await visiting.origins.close()
  assert.deepEqual(told, ['listening', 'connection-opened', 'flow-begun', 'flow-ended', 'connection-closed', 'ended'])
})
