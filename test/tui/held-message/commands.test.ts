import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldData, heldJson, heldRequest, heldResponse, heldSession, http2, settled } from './held.ts'

const changeOf = (told: ReturnType<typeof heldSession>['told']) => {
  const decision = told[0]?.[1]
  assert.ok(decision?.type === 'change')
  return decision
}

test('a header and the JSON of a held request are edited in place, and it goes on so', () => {
  const { told, type, keys, page, holds } = heldSession([heldJson(1)])
  keys('I')
  assert.match(page(), /Held request[\s\S]*X-Mode +live[\s\S]*\{"a":1\}[\s\S]*a let go on/)
  keys('j', 'j', 'j', 'enter', 'ctrl-u')
  type('test mode')
  keys('enter')
  assert.match(page(), /\* X-Mode +test mode/)
  keys('G', 'enter', 'backspace')
  type(',"b":2}')
  keys('enter', 'a')
  const { request, body } = changeOf(told)
  assert.deepEqual(request?.headers, [
    ['Host', 'api.example'],
    ['X-Mode', 'test mode'],
    ['Content-Type', 'application/json'],
  ])
  assert.equal(Buffer.from(body!).toString(), '{"a":1,"b":2}')
  assert.deepEqual(holds.messages, [])
  assert.match(page(), /goes on, changed/)
  assert.match(page(), /^ parley/)
})

test('the URL leads elsewhere with its Host, the method changes', () => {
  const { told, type, keys } = heldSession([heldJson(1)])
  keys('I', 'enter', 'ctrl-u')
  type('PUT')
  keys('enter', 'j', 'enter', 'ctrl-u')
  type('http://127.0.0.1:81/x?y=1')
  keys('enter', 'a')
  const { request } = changeOf(told)
  assert.deepEqual(
    [request?.method, request?.scheme, request?.authority, request?.target, request?.headers[0]],
    ['PUT', 'http', '127.0.0.1:81', '/x?y=1', ['Host', '127.0.0.1:81']],
  )
})

test('headers are added, renamed, moved and deleted', () => {
  const { told, type, keys, page } = heldSession([heldJson(1)])
  keys('I', 'j', 'j', 'j', 'o')
  type('X-New: ä b')
  keys('enter')
  assert.match(page(), /X-New +ä b/)
  keys('J', 'm', 'ctrl-u')
  type('X-Last')
  keys('enter', 'k', 'K', 'k', 'd')
  keys('a')
  const headers = changeOf(told).request?.headers.map(([name, value]) => `${name}: ${value}`)
  assert.deepEqual(headers, ['Content-Type: application/json', 'X-Mode: live', 'X-Last: Ã¤ b'])
})

test('an edit that must not be sent is refused where it is typed, with its place', () => {
  const { told, type, keys, page } = heldSession([http2(heldJson(1))])
  keys('I', 'j', 'j', 'o')
  type('Connection: close')
  assert.match(page(), /HTTP\/2 has no header connection/)
  keys('enter')
  assert.match(page(), / header: Connection: close/)
  keys('esc', 'm', 'ctrl-u')
  type('x mode')
  assert.match(page(), /the header name "x mode" is no token/)
  keys('esc', 'k', 'enter', 'ctrl-u')
  type('nowhere')
  assert.match(page(), /a URL begins with/)
  keys('esc', 'a')
  assert.deepEqual(told, [[1, { type: 'pass' }]])
})

test('edits survive leaving the message, and are undone', () => {
  const { told, type, keys, page } = heldSession([heldJson(1), heldJson(2)])
  keys('I', 'enter', 'enter', 'ctrl-u')
  type('PUT')
  keys('enter', 'q')
  assert.match(page(), /\* .*request +POST/)
  keys('enter')
  assert.match(page(), /\* method +PUT/)
  keys('u')
  assert.match(page(), /method +POST/)
  keys('a')
  assert.deepEqual(told, [[1, { type: 'pass' }]])
})

test('a request is answered, or dropped; a response cannot be answered', () => {
  const first = heldSession([heldJson(1)])
  first.keys('I', 'r', 'ctrl-u')
  first.type('9')
  assert.match(first.page(), /an answer is a status/)
  first.keys('ctrl-u')
  first.type('418 {"tea":true}')
  first.keys('enter')
  const body = Buffer.from('{"tea":true}')
  const headers = [['content-type', 'application/json']]
  assert.deepEqual(first.told, [[1, { type: 'answer', status: 418, headers, body }]])
  const second = heldSession([heldResponse(1, 200, [])])
  second.keys('I', 'r')
  assert.match(second.page(), /Only a request can be answered/)
  second.keys('x')
  assert.deepEqual(second.told, [[1, { type: 'drop' }]])
})

test('the body in the editor, by the name of its kind', async () => {
  const names: string[] = []
  const rewrite = async ({ name, bytes }: { name: string; bytes: Uint8Array }) => {
    names.push(name)
    return Buffer.from(Buffer.from(bytes).toString().replace('1', '2'))
  }
  const { told, keys, page } = heldSession([heldJson(1)], { rewrite })
  keys('I', 'e')
  await settled()
  assert.deepEqual(names, ['held-1-request.json'])
  assert.match(page(), /\* \{"a":2\}/)
  keys('a')
  assert.equal(Buffer.from(changeOf(told).body!).toString(), '{"a":2}')
})

test('the whole message in the editor; what cannot be read is told with its line, and not taken', async () => {
  const answers = [
    'PUT https://api.example/new\nHost: api.example\nX Y: 1\n\nhi',
    'PUT https://api.example/new\nHost: api.example\n\nhi',
  ]
  const { told, keys, page } = heldSession([heldJson(1)], { rewrite: async () => Buffer.from(answers.shift()!) })
  keys('I', 'w')
  await settled()
  assert.match(page(), /Not taken: line 3: the header name "X Y" is no token/)
  keys('w')
  await settled()
  keys('a')
  const { request, body } = changeOf(told)
  assert.deepEqual([request?.method, request?.path, request?.headers], ['PUT', '/new', [['Host', 'api.example']]])
  assert.equal(Buffer.from(body!).toString(), 'hi')
})

test('a message that went meanwhile says so, and nothing is sent', () => {
  const { told, keys, page, holds, session } = heldSession([heldJson(1)])
  keys('I', 'j')
  holds.messages = []
  session.refresh()
  assert.match(page(), /It went on, or its client or server is gone/)
  keys('enter', 'd', 'a', 'x')
  assert.deepEqual(told, [])
})

test('a message of a WebSocket has its text alone', () => {
  const { told, type, keys, page } = heldSession([heldData(1, 'one\ntwo')])
  keys('I', 'j', 'enter', 'ctrl-u')
  type('2')
  keys('enter')
  assert.match(page(), / {3}one\n \* 2/)
  keys('o')
  assert.match(page(), /has no headers/)
  keys('a')
  assert.equal(Buffer.from(changeOf(told).body!).toString(), 'one\n2')
})

test('a row that is no header is not deleted', () => {
  const { keys, page } = heldSession([heldRequest(1, '/')])
  keys('I', 'd')
  assert.match(page(), /Not taken: this row is no header/)
})

test('tab goes from the start to the headers, to the body, and round', () => {
  const { keys, session } = heldSession([heldJson(1, '{\n}')])
  const cursor = (): unknown => (session.state.screens.at(-1) as { cursor?: number }).cursor
  keys('I')
  const places = ['tab', 'tab', 'tab'].map(key => {
    keys(key)
    return cursor()
  })
  assert.deepEqual(places, [2, 5, 0])
})
