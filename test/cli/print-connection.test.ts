import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { connectionText, firstExchange, terminalStyle } from '../../src/cli/print-connection.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { recordVisits } from './recorded-run.ts'

let capture: Capture
before(async () => {
  capture = openCapture((await recordVisits()).path)
})

const style = { color: false }

const printed = (id: number, json: boolean): string => connectionText(capture, capture.connection(id)!, { json, style })

test('JSON is one line with both legs', () => {
  const text = printed(1, true)
  assert.equal(text.indexOf('\n'), -1)
  const value = JSON.parse(text)
  assert.ok(text.includes('tls13.localhost') && text.includes('TLS_AES_'))
  assert.equal(typeof value, 'object')
})

test('JSON has the exchange with its body', () => {
  const { exchanges, exchangeCount } = JSON.parse(printed(1, true))
  const [{ request, response }] = exchanges
  assert.deepEqual([exchangeCount, request.method, response.status, response.body.whole], [1, 'GET', 200, true])
  assert.ok(request.url.endsWith('/json') && JSON.parse(response.body.text))
})

test('bytes that are named among the members are asked for', () => {
  const json = (id: number, ...fields: string[]) =>
    JSON.parse(connectionText(capture, capture.connection(id)!, { json: true, style, fields }))
  const { exchanges, ...rest } = json(2, 'exchanges.request.headBytes')
  assert.deepEqual([Object.keys(rest), Object.keys(exchanges[0].request)], [[], ['headBytes']])
  const head = Buffer.from(exchanges[0].request.headBytes, 'hex').toString()
  assert.match(head, /^GET http:\/\/plain\.localhost\S* HTTP\/1\.1\r\n[\s\S]*\r\n\r\n$/)
  assert.match(json(1, 'id', 'legs.client.tls.messages.bytes').legs.client.tls.messages[0].bytes, /^01/)
})

test('members that need no handshake are told without one being read', t => {
  const read = t.mock.fn(capture.legCapture)
  const quick = { ...capture, legCapture: read }
  const text = (fields: string[]) => connectionText(quick, capture.connection(1)!, { json: true, style, fields })
  const { exchanges, ...rest } = JSON.parse(text(['id', 'target.host', 'exchanges.response.status']))
  assert.deepEqual([rest, exchanges], [{ id: 1, target: { host: 'tls13.localhost' } }, [{ response: { status: 200 } }]])
  assert.equal(read.mock.callCount(), 0)
  assert.equal(JSON.parse(text(['verdict.agreed'])).verdict.agreed, 'yes')
  assert.equal(read.mock.callCount(), 2)
})

test('the first exchange is that of the connection', () => {
  const connection = capture.connection(2)!
  assert.equal(firstExchange(capture, connection)?.connection, 2)
})

test('text has both handshakes, the exchange and no colour', () => {
  const text = printed(1, false)
  for (const word of ['ClientHello', 'ServerHello', '/json', '200']) assert.ok(text.includes(word), word)
  assert.ok(!text.includes('\x1b['))
})

test('a connection without TLS and one that failed print too', () => {
  assert.ok(printed(2, false).includes('plain.localhost'))
  assert.match(printed(3, false), /expired/)
  for (const id of [2, 3]) JSON.parse(printed(id, true))
})

test('NO_COLOR and a pipe each forbid colours', t => {
  const before = [process.stdout.isTTY, process.env.NO_COLOR] as const
  t.after(() => {
    process.stdout.isTTY = before[0]
    set(before[1])
  })
  const set = (noColor: string | undefined): void => {
    if (noColor === undefined) delete process.env.NO_COLOR
    else process.env.NO_COLOR = noColor
  }
  const colored = (isTTY: boolean, noColor?: string): boolean => {
    process.stdout.isTTY = isTTY
    set(noColor)
    return terminalStyle().color
  }
  assert.deepEqual(
    [colored(true), colored(true, ''), colored(true, '1'), colored(false), colored(false, '1')],
    [true, true, false, false, false],
  )
})
