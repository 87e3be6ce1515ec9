import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { keylog } from '../../src/export/keylog.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { openCapture } from '../../src/store/capture.ts'
import { recordVisits } from '../cli/recorded-run.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { sourceOf, withCapture, written } from './made-capture.ts'

let path: string
before(async () => {
  ;({ path } = await recordVisits())
})

const line = /^[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]+$/

test('both legs have their secrets, and of each flow that leaves alone', () => {
  const capture = openCapture(path)
  const lines = written(keylog, sourceOf(capture)).trimEnd().split('\n')
  const secrets = lines.filter(each => !each.startsWith('#'))
  assert.ok(secrets.every(each => line.test(each)))
  for (const leg of ['client', 'upstream']) assert.ok(lines.includes(`# c1, ${leg} leg`))
  assert.ok(secrets.some(each => each.startsWith('CLIENT_TRAFFIC_SECRET_0 ')))
  assert.ok(new Set(secrets.map(each => each.split(' ')[1])).size >= 3, 'several handshakes')
  assert.equal(written(keylog, sourceOf(capture, { filter: parseFilter('~c 599') })), '')
  capture.close()
})

test('a connection within another comes with the keys of that, and what is no line of a key log stays here', () => {
  const secret = 'ab'.repeat(32)
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      writer.connection(connectionOf(2, { within: 1 }))
      writer.keyLog(1, 'client', `CLIENT_RANDOM ${secret} ${secret}`)
      writer.keyLog(1, 'client', `RESUMPTION_PSK ${secret} ${secret}`)
      writer.keyLog(2, 'client', `CLIENT_RANDOM ${secret} \x1b[2J`)
      writer.keyLog(2, 'client', `EXPORTER_SECRET ${secret} 00ff`)
      writer.exchange(exchangeOf(1, { connection: 2 }))
    },
    capture =>
      assert.equal(
        written(keylog, sourceOf(capture)),
        `# c1, client leg\nCLIENT_RANDOM ${secret} ${secret}\n# c2, client leg\nEXPORTER_SECRET ${secret} 00ff\n`,
      ),
  )
})
