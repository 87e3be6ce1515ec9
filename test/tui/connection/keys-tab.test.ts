import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysLines } from '../../../src/tui/connection/keys-tab.ts'
import { plain } from '../../../src/tui/line.ts'
import { sampleWorld } from '../world.ts'

const view = (await sampleWorld()).source.connection(1)!
const text = (revealed: boolean): string => keysLines(view, revealed, 160).map(plain).join('\n')
const secrets = Object.values(view.handshakes).flatMap(({ keys }) =>
  keys.map(({ value }) => Buffer.from(value).toString('hex')),
)

test('no secret is shown before it is asked for', () => {
  assert.ok(secrets.length > 10)
  for (const secret of secrets) assert.ok(!text(false).includes(secret))
})

test('every secret of both legs is shown when it is asked for, with its formula', () => {
  for (const secret of secrets) assert.ok(text(true).includes(secret))
  assert.match(text(true), /HKDF-Expand-Label/)
})

test('a leg without TLS says so', () => {
  const { upstream: _, ...handshakes } = view.handshakes
  assert.match(
    keysLines({ ...view, handshakes }, false, 80)
      .map(plain)
      .join('\n'),
    /no TLS on this leg/,
  )
})

test('the randoms are whole on a narrow terminal too', () => {
  const random = Buffer.from(view.handshakes.client!.clientHello!.random).toString('hex')
  for (const columns of [80, 40])
    assert.ok(
      keysLines(view, false, columns)
        .map(each => plain(each).trim())
        .join('')
        .includes(random.slice(0, 40)),
    )
  const rows = keysLines(view, false, 40).map(plain)
  assert.ok(rows.slice(0, 8).every(row => row.length <= 40))
  assert.ok(
    rows
      .map(row => row.trim())
      .join('')
      .includes(random),
  )
})
