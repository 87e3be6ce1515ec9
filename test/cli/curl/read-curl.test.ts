import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCurl } from '../../../src/cli/curl/read-curl.ts'
import { curl } from '../../../src/view/copy/curl.ts'
import { makeExchange } from '../../view/recorded.ts'

const body = (text: string): string => Buffer.from(readCurl(text).body).toString('latin1')

test('what a browser copies is read whole', () => {
  const request = readCurl(`curl 'https://a.example/p?x=1' \\
  -X 'PATCH' \\
  -H 'accept: application/json' \\
  -H 'cookie: a=1; b=2' \\
  -H 'user-agent: Mozilla/5.0 (X)' \\
  --data-raw $'{"it\\'s": "caf\\u00e9"}' \\
  --compressed`)
  assert.deepEqual([request.method, request.url], ['PATCH', 'https://a.example/p?x=1'])
  assert.deepEqual(request.headers, [
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['accept', 'application/json'],
    ['cookie', 'a=1; b=2'],
    ['user-agent', 'Mozilla/5.0 (X)'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ])
  assert.equal(Buffer.from(request.body).toString('utf8'), '{"it\'s": "café"}')
})

test('method and body as curl would have them', () => {
  for (const [text, method, said] of [
    ['curl a', 'GET', ''],
    ['curl -I a', 'HEAD', ''],
    ['curl a -d x -d y=z', 'POST', 'x&y=z'],
    ['curl a -dx', 'POST', 'x'],
    ['curl a --data-urlencode "q=a b&c" --data-urlencode =x/y --data-urlencode z', 'POST', 'q=a%20b%26c&x%2Fy&z'],
    ['curl a --data-raw @x', 'POST', '@x'],
    [`curl a --json '{"a":1}'`, 'POST', '{"a":1}'],
    ['curl -sSLXPUT a -d x', 'PUT', 'x'],
  ] as const) {
    assert.equal(readCurl(text).method, method, text)
    assert.equal(body(text), said, text)
  }
  assert.equal(readCurl('curl -G a/?p#f -d q=1 -d r').url, 'a/?p&q=1&r#f')
  assert.equal(body('curl -G a -d q=1'), '')
  assert.match(body('curl a -F x=y'), /name="x"\r\n\r\ny\r\n/)
})

test('headers: curl’s own, typed ones in their place, some taken out or empty', () => {
  const headers = (text: string) => readCurl(text).headers.map(([name, value]) => `${name}: ${value}`)
  assert.deepEqual(headers('curl a'), ['User-Agent: parley', 'Accept: */*'])
  assert.deepEqual(headers('curl a -A x -e y;auto -u me:pw -b c=1 -b d=2'.replace(';', '\\;')), [
    'Authorization: Basic bWU6cHc=',
    'User-Agent: x',
    'Accept: */*',
    'Referer: y',
    'Cookie: c=1; d=2',
  ])
  assert.deepEqual(headers(`curl a -H 'Accept:' -H 'X-Empty;' -H 'user-agent: z' -d b -H 'content-type:'`), [
    'X-Empty: ',
    'user-agent: z',
  ])
})

test('what says how it is sent is not followed, and told; versions are', () => {
  const { notFollowed, version } = readCurl('curl -kLs --http2 -o out --max-time 3 -x p:1 https://a')
  assert.deepEqual([notFollowed, version], [['-k', '-L', '-x'], 'http2'])
  assert.equal(readCurl('curl --http1.1 a').version, 'http1')
})

test('what cannot be read or sent is refused with its place', () => {
  for (const [text, said] of [
    ['wget a', /the first word is not curl/],
    ['', /the first word is not curl/],
    ['curl', /there is no URL/],
    ['curl a b', /word 3 \(b\): it is a second URL/],
    ['curl a --frobnicate', /word 3 \(--frobnicate\): Parley does not know/],
    ['curl a -sZ', /word 3 \(-Z\): Parley cannot send that/],
    ['curl a -H', /word 3 \(-H\): a value must follow/],
    ['curl a -d @file', /word 3 \(-d\): no file is read/],
    ['curl a -b jar', /no file is read/],
    ['curl a -F x=@f', /no file is read/],
    ['curl a -H nonsense', /-H "nonsense" is not NAME: VALUE/],
    ["curl a -H $'X: a\\r\\nY: b'", /word 3 \(-H\): it has a line end or NUL as its character 5/],
    ["curl $'http://a/\\0'", /word 2 .*line end or NUL/],
    ["curl a -X $'G\\nT'", /word 3 \(-X\): it has a line end/],
  ] as const)
    assert.throws(() => readCurl(text), said, text)
})

test('what Parley copies as curl is read back', () => {
  const exchange = makeExchange()
  const { head } = exchange.request
  const headers = [...head.headers, ['content-type', 'x/y'], ['x-odd', "it's \xe9"], ['empty', '']] as const
  const posted = { ...exchange, request: { ...exchange.request, head: { ...head, method: 'PUT', headers } } }
  const read = readCurl(curl.copy(posted, Buffer.from('a\n\'b" é')))
  assert.equal(read.method, 'PUT')
  assert.equal(read.url, 'https://api.example.com/v1/users?page=2')
  assert.equal(Buffer.from(read.body).toString('utf8'), 'a\n\'b" é')
  const kept = read.headers.filter(([name]) => name !== 'User-Agent')
  assert.deepEqual(
    kept,
    headers.filter(([name]) => name !== 'Host'),
  )
})
