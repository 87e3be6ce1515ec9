import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpFile } from '../../../src/view/copy/http-file.ts'
import { exchangeOf, hostile, noBody } from './make.ts'

const tags = '# @no-cookie-jar\n# @no-redirect\n# @no-auto-encoding\n'

test('a request is as it was sent, under a line that begins it', () => {
  const exchange = exchangeOf({
    head: { method: 'POST' },
    headers: [
      ['Host', 'a.test'],
      ['X', 'v'],
    ],
  })
  assert.equal(
    httpFile.copy(exchange, Buffer.from('a\nb')),
    `### flow 1\n${tags}POST https://a.test/p HTTP/1.1\nX: v\n\na\nb\n`,
  )
  assert.equal(httpFile.copy(exchangeOf(), noBody), `### flow 1\n${tags}GET https://a.test/p HTTP/1.1\n`)
})

const asFile = /\n# save the body \(\d+ bytes\) as request-body-1\.bin first\n(.*\n)+\n< \.\/request-body-1\.bin\n$/

test('a body that would be read as something else goes by a file', () => {
  for (const body of [
    ...[
      'a\n### b',
      '< file',
      '> {% script %}',
      '{{secret}}',
      '\\{\\{a\\}\\}',
      'a\r\nb',
      'a\x00',
      '\u202e',
      ' a',
      'a\n',
    ],
    ...[
      '#include',
      'a\n  # b',
      '{\n  // note\n}',
      'a\n/*\nb',
      'a\n@b=c',
      'a\n===\nb',
      'a\n ?? status == 200',
      'a\n```\nb',
    ],
    ...['a\nGET /b', 'a\n  VERSION-CONTROL b', 'HTTP/1.1 200 OK', 'MQTT0', 'query { a }', 'a\n\tfragment f on T'],
  ])
    assert.match(httpFile.copy(exchangeOf(), Buffer.from(body)), asFile, body)
  for (const body of ['{\n  "a": "# b // c"\n}', 'Hello GET x', 'a\n\nb'])
    assert.ok(httpFile.copy(exchangeOf(), Buffer.from(body)).endsWith(`\n\n${body}\n`), body)
})

test('a body that clients write anew for its type goes by a file', () => {
  const of = (type: string, body: string): string =>
    httpFile.copy(exchangeOf({ headers: [['Content-Type', type]] }), Buffer.from(body))
  assert.match(of('application/x-www-form-urlencoded', 'a=b c'), asFile)
  assert.match(of('application/x-www-form-urlencoded; charset=utf-8', 'a=1\n&b=2'), asFile)
  assert.match(
    of('application/x-www-form-urlencoded', 'a=b c'),
    /\n# httpyac sends no form from a file, other clients do\n/,
  )
  assert.match(of('multipart/form-data; boundary=a', '--a\n--a--'), asFile)
  assert.match(of('application/x-ndjson', '{}'), asFile)
  assert.match(of('application/x-www-form-urlencoded', 'a=%20&b=+'), /\n\na=%20&b=\+\n$/)
})

test('what cannot be written is named, and stays out', () => {
  for (const header of [
    ['X', '{{a}}'],
    ['X', '\\{\\{a\\}\\}'],
    ['X', 'a,'],
    ['X', '\xe4'],
    ['#X', 'a'],
    ['...X', 'a'],
  ] as const) {
    const copied = httpFile.copy(exchangeOf({ headers: [header] }), noBody)
    assert.ok(copied.includes(`\n# without ${header[0]}: it cannot be written here\n`), header[0])
    assert.match(copied, /HTTP\/1\.1\n$/)
  }
  assert.match(httpFile.copy(exchangeOf({ head: { method: 'M!' } }), noBody), /\n# as GET: its method cannot .*\nGET /)
})

test('no hostile string makes a line of its own', () => {
  for (const text of hostile) {
    const copied = httpFile.copy(
      exchangeOf({ head: { method: `P${text}`, path: `/${text}` }, headers: [['X', text]] }),
      Buffer.from(text.repeat(2), 'latin1'),
    )
    assert.match(copied, /^### flow 1\n(# .*\n)*[A-Za-z-]+ https:\/\/\S+ HTTP\/1\.1\n(X: [\x20-\x7e]*\n)?(\n[\s\S]*)?$/)
    assert.doesNotMatch(copied, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
  }
})
