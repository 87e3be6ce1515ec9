import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import { chooseColumns, chooseWaterfall, headLine, rowLine, shortType } from '../../../src/tui/list/columns.ts'
import { flowRow } from '../world.ts'

const looks = { marked: false, selected: false, command: 'parley' }

const names = (columns: number): string[] => {
  const { before, after } = chooseColumns(columns)
  return [...before, ...after].map(({ name }) => name)
}

test('the least important columns go first', () => {
  assert.deepEqual(names(60), ['id', 'method', 'status', 'total'])
  assert.deepEqual(names(80), ['id', 'method', 'status', 'size', 'total', 'versions', 'differs'])
  assert.deepEqual(names(120), ['id', 'time', 'method', 'status', 'type', 'size', 'total', 'legs', 'differs'])
})

test('heads and rows are no wider than the terminal, and stand under each other', () => {
  for (const columns of [60, 66, 70, 72, 76, 80, 90, 96, 100, 109, 110, 160, 220]) {
    const layout = chooseColumns(columns)
    const row = rowLine(flowRow(1, { path: '/PATH', duration: 12 }), layout, looks)
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
    plain(rowLine(row, chooseColumns(160), looks)),
    /c3 .*TLS .*✗ .*it rejected our leaf +→ trust the CA: parley ca path/,
  )
  for (const columns of [60, 80, 160]) assert.ok(columnsOf(rowLine(row, chooseColumns(columns), looks)) <= columns)
})

test('a failure that passing through would not mend does not offer it', () => {
  const failed = { kind: 'connection', method: 'TLS', problem: true, note: 'refused', code: 'tcp/refused' } as const
  assert.doesNotMatch(plain(rowLine(flowRow(7, failed), chooseColumns(160), looks)), /P: pass/)
})

test('a connection that is shown without having failed says why where others have their path', () => {
  const row = flowRow(7, { kind: 'connection', connection: 3, method: 'TLS', protocol: 'tls' })
  assert.match(plain(rowLine(row, chooseColumns(160), looks)), /passed through unread/)
})

test('a running flow has no size and no time yet', () => {
  const text = plain(rowLine(flowRow(1, { state: 'running' }), chooseColumns(80), looks))
  assert.equal(text.match(/…/g)?.length, 2)
})

test('selection and marks are seen without colour', () => {
  const layout = chooseColumns(80)
  assert.match(plain(rowLine(flowRow(1), layout, { ...looks, marked: true, selected: true })), /^▸•/)
  assert.match(plain(rowLine(flowRow(1), layout, looks)), /^ {2}/)
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
  assert.match(plain(rowLine(row, chooseColumns(120), looks)), / ws +12 ms/)
})

test('a path whose bytes are UTF-8 is read as that', () => {
  const path = Buffer.from('/路径').toString('latin1')
  assert.match(plain(rowLine(flowRow(1, { path }), chooseColumns(80), looks)), / \/路径 /)
})

test('at 80 columns the TLS versions of both legs are there in brief, and a port is never cut', () => {
  const host = 'a-rather-long-name.staging.example.com'
  const row = flowRow(1, { host, port: 8443, clientVersion: 'TLSv1.3', upstreamVersion: 'TLSv1.2', differs: true })
  for (const columns of [70, 80, 100]) {
    const text = plain(rowLine(row, chooseColumns(columns), looks))
    assert.match(text, / a-rather-.*…:8443 .* 1\.3│1\.2/)
  }
  const ipv6 = flowRow(1, { host: '2001:db8::1', port: 443 })
  assert.match(plain(rowLine(ipv6, chooseColumns(80), looks)), /\[2001:db8::1\]:443 /)
  assert.match(plain(rowLine(flowRow(1, { scheme: 'http' }), chooseColumns(80), looks)), /ms|…/)
})

test('the remedy in the list is that of the problem, and makes room for the cause', () => {
  const note = 'nothing listens there'
  const failed = { kind: 'connection', method: 'TLS', problem: true, note, code: 'tcp/refused' } as const
  const row = flowRow(7, { ...failed, remedy: 'Check that the server is running on that port.' })
  assert.match(plain(rowLine(row, chooseColumns(160), looks)), /→ Check that the server is running on that port $/)
  assert.match(plain(rowLine(row, chooseColumns(80), looks)), /nothing listens there +→ Check/)
  const npx = { ...looks, command: 'npx parley' }
  const rejected = flowRow(8, { ...failed, code: 'tls/client-rejected-leaf' })
  assert.match(plain(rowLine(rejected, chooseColumns(160), npx)), /→ trust the CA: npx parley ca path/)
})

test('an exchange that failed with its connection shows its path before the cause; a stump of a remedy is left out', () => {
  const failed = { state: 'aborted', status: 502, problem: true, code: 'tls/certificate-expired' } as const
  const note = 'the server’s certificate has expired'
  const row = flowRow(7, { ...failed, note, path: '/a', remedy: 'Check the clock.', port: 8443 })
  assert.match(
    plain(rowLine(row, chooseColumns(160), looks)),
    /GET +502✗ +example\.com:8443 +\/a the server’s certificate has expired +→ Check/,
  )
  const narrow = plain(rowLine(row, chooseColumns(80), looks))
  assert.match(narrow, /502✗ +example\.com:8443 +\/a the server’s certificate has e/)
  assert.doesNotMatch(narrow, /→/)
})

test('what its client cancelled has a sign of its own', () => {
  assert.match(plain(rowLine(flowRow(1, { state: 'cancelled', status: 200 }), chooseColumns(80), looks)), / 200⊘ /)
  assert.match(plain(rowLine(flowRow(1, { state: 'cancelled' }), chooseColumns(80), looks)), / ⊘ /)
})

test('a failed flow leaves the bars of the waterfall in their place', () => {
  const failed = flowRow(7, { state: 'aborted', problem: true, note: 'the server refused the connection'.repeat(5) })
  for (const columns of [80, 160]) {
    const layout = chooseWaterfall(columns)
    assert.equal(columnsOf(rowLine(failed, layout, looks)), columnsOf(rowLine(flowRow(7), layout, looks)))
  }
})

test('that Parley acted on a flow stands behind its status, also where it ended early', () => {
  const statusIn = (row: Parameters<typeof flowRow>[1]): string =>
    plain(rowLine(flowRow(7, { status: 200, ...row }), chooseColumns(80), looks)).match(/GET +(\S+)/)![1]!
  assert.equal(statusIn({}), '200')
  assert.equal(statusIn({ acted: 'changed' }), '200✎')
  assert.equal(statusIn({ acted: 'answered', status: 418 }), '418◆')
  assert.equal(statusIn({ acted: 'changed', state: 'aborted' }), '200✗✎')
  assert.equal(statusIn({ acted: 'changed', state: 'cancelled' }), '200⊘✎')
})
