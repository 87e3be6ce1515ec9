import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { chooseColumns, headLine, rowLine, shortType } from '../../../src/tui/list/columns.ts'
import { flowRow } from '../world.ts'

const names = (columns: number): string[] => {
  const { before, after } = chooseColumns(columns)
  return [...before, ...after].map(({ name }) => name)
}

test('the least important columns go first', () => {
  assert.deepEqual(names(60), ['id', 'method', 'status', 'total'])
  assert.deepEqual(names(80), ['id', 'method', 'status', 'type', 'size', 'total', 'differs'])
  assert.deepEqual(names(120), ['id', 'time', 'method', 'status', 'type', 'size', 'total', 'legs', 'differs'])
})

test('heads and rows are no wider than the terminal, and stand under each other', () => {
  for (const columns of [60, 66, 72, 80, 90, 100, 160, 220]) {
    const layout = chooseColumns(columns)
    const row = rowLine(flowRow(1, { path: '/PATH', duration: 12 }), layout, false, false)
    assert.ok(columnsOf(headLine(layout)) <= columns)
    assert.ok(columnsOf(row) <= columns, `${columns}: ${columnsOf(row)}`)
    assert.equal(plain(row).indexOf('/PATH'), plain(headLine(layout)).indexOf('path'))
  }
})

test('a failed connection tells its cause and what to do', () => {
  const row = flowRow(7, {
    kind: 'connection',
    connection: 3,
    method: 'TLS',
    problem: true,
    note: 'it rejected our leaf',
    code: 'tls/client-rejected-leaf',
    state: 'aborted',
  })
  assert.match(
    plain(rowLine(row, chooseColumns(160), false, false)),
    /c3 .*TLS .*✗ .*it rejected our leaf +→ P: pass through/,
  )
  for (const columns of [60, 80, 160])
    assert.ok(columnsOf(rowLine(row, chooseColumns(columns), false, false)) <= columns)
})

test('a failure that passing through would not mend does not offer it', () => {
  const failed = { kind: 'connection', method: 'TLS', problem: true, note: 'refused', code: 'tcp/refused' } as const
  assert.doesNotMatch(plain(rowLine(flowRow(7, failed), chooseColumns(160), false, false)), /P: pass/)
})

test('a connection that is shown without having failed says why where others have their path', () => {
  const row = flowRow(7, { kind: 'connection', connection: 3, method: 'TLS', protocol: 'tls' })
  assert.match(plain(rowLine(row, chooseColumns(160), false, false)), /passed through unread/)
})

test('a running flow has no size and no time yet', () => {
  const text = plain(rowLine(flowRow(1, { state: 'running' }), chooseColumns(80), false, false))
  assert.equal(text.match(/…/g)?.length, 2)
})

test('selection and marks are seen without colour', () => {
  const layout = chooseColumns(80)
  assert.match(plain(rowLine(flowRow(1), layout, true, true)), /^▸•/)
  assert.match(plain(rowLine(flowRow(1), layout, false, false)), /^ {2}/)
})

test('a media type is told in a word', () => {
  assert.equal(shortType('application/vnd.api+json'), 'json')
  assert.equal(shortType('text/javascript'), 'js')
  assert.equal(shortType('image/png'), 'png')
  assert.equal(shortType('application/constructor'), 'constructor')
  assert.equal(shortType(undefined), '')
})

test('a WebSocket is told as one, and as no empty body', () => {
  const row = flowRow(1, { protocol: 'websocket', status: 101, responseBytes: 0, duration: 12 })
  assert.match(plain(rowLine(row, chooseColumns(80), false, false)), / ws +12 ms/)
})

test('a path whose bytes are UTF-8 is read as that', () => {
  const path = Buffer.from('/路径').toString('latin1')
  assert.match(plain(rowLine(flowRow(1, { path }), chooseColumns(80), false, false)), / \/路径 /)
})
