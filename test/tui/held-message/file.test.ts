import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '../../../src/tui/held-message/draft.ts'
import { bodyFile, edited, wholeFile } from '../../../src/tui/held-message/file.ts'
import type { Shown } from '../../../src/tui/held-message/state.ts'
import { heldJson, heldRequest, heldResponse, heldSession } from './held.ts'

const shown = (held: Shown['held']): Shown => ({ held, draft: {}, rows: [], row: undefined })

test('a line end that an editor puts behind a text is no change', () => {
  const given = bodyFile(shown(heldJson(1)))!
  assert.deepEqual(given.read(Buffer.from('{"a":1}\n')), {})
  const whole = wholeFile(shown(heldJson(1)))!
  assert.equal(whole.file.name, 'held-1-request.http')
  assert.deepEqual(whole.read(Buffer.concat([whole.file.bytes, Buffer.from('\n')])), {})
})

test('bytes that are no text go to the editor and come back as bytes', () => {
  const given = bodyFile(shown(heldResponse(1, 200, [], Buffer.from([0, 255]))))!
  assert.equal(given.file.name, 'held-1-response.bin')
  assert.deepEqual(given.read(Buffer.from([1])), { body: Buffer.from([1]) })
  assert.equal(bodyFile(shown(heldRequest(1, '/'))), undefined)
})

test('a text that comes back as something else than UTF-8 is refused', () => {
  assert.ok(isRefused(bodyFile(shown(heldJson(1)))!.read(Buffer.from([0xff, 0xfe, 0xfd]))))
  assert.ok(isRefused(wholeFile(shown(heldJson(1)))!.read(Buffer.from([0xff]))))
})

test('an editor that fails, or is not there, is told', async () => {
  const { session, keys } = heldSession([heldJson(1)])
  keys('I')
  const { state, world } = session
  const suspend = (work: () => Promise<void>): Promise<void> => work()
  const rewrite = async (): Promise<Uint8Array> => {
    throw new Error('vi cannot be started')
  }
  const failed = await edited(bodyFile, state, world, { actions: { rewrite }, suspend })
  assert.deepEqual(failed, { text: 'vi cannot be started', tone: 'bad' })
  assert.match((await edited(bodyFile, state, world, { actions: {}, suspend })).text, /nothing here/)
})
