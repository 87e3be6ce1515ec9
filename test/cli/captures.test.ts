import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { captureLines, capturePath, capturesJson } from '../../src/cli/captures.ts'
import { openCapture } from '../../src/store/capture.ts'
import { assertFits } from '../view/json/schemas.ts'
import { ownFolder, recordVisits } from './recorded-run.ts'

test('captures are listed with what they hold, and one is opened by its name in that list', async () => {
  const folder = ownFolder()
  const captures = join(folder, 'captures')
  mkdirSync(captures)
  assert.deepEqual(captureLines(openCapture, captures), [])
  const { path } = await recordVisits(folder)
  const name = '2026-01-02T03-04-05'
  copyFileSync(path, join(captures, `${name}.parley`))
  writeFileSync(join(captures, '2026-01-02T03-04-06.parley'), 'damaged')
  const lines = captureLines(openCapture, captures)
  assert.match(lines[0]!, /^name +began +size +flows +hosts$/)
  const told = capturesJson(openCapture, captures) as readonly { name: string; flows?: number; problem?: string }[]
  for (const each of told) assertFits('captures', each)
  assert.deepEqual(
    told.map(each => [each.name, each.flows, each.problem !== undefined]).sort(),
    [
      [name, 3, false],
      ['2026-01-02T03-04-06', undefined, true],
    ].sort(),
  )
  const line = lines.find(each => each.startsWith(name))!
  assert.match(line, /^\S+ +\d{4}-\d\d-\d\d \d\d:\d\d +[\d.]+k +\d+ +.*localhost/)
  assert.match(lines.find(each => each.startsWith('2026-01-02T03-04-06'))!, /capture/)
  assert.equal(capturePath(name, captures), join(captures, `${name}.parley`))
  assert.equal(capturePath(`${name}.parley`, captures), join(captures, `${name}.parley`))
  for (const other of ['nothing', './x', path]) assert.equal(capturePath(other, captures), other)
  assert.equal(capturePath(`${path}-bodies`, captures), path)
  assert.equal(capturePath('nothing.parley-bodies', captures), 'nothing.parley-bodies')
})
