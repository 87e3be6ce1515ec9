import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sentCookies, setCookies } from '../../../src/export/har/cookies.ts'

test('cookies that were sent are pairs', () => {
  assert.deepEqual(
    sentCookies([
      ['Cookie', 'a=1; b="2="'],
      ['cookie', 'c'],
    ]),
    [
      { name: 'a', value: '1' },
      { name: 'b', value: '"2="' },
      { name: 'c', value: '' },
    ],
  )
})

test('cookies that were set have their attributes, and no date that nobody can read', () => {
  const set = (text: string) => setCookies([['Set-Cookie', text]])[0]
  assert.deepEqual(set('a=1; Path=/x; domain=a.test; Expires=Wed, 21 Oct 2015 07:28:00 GMT; HttpOnly; SameSite=Lax'), {
    ...{ name: 'a', value: '1', path: '/x', domain: 'a.test', expires: '2015-10-21T07:28:00.000Z' },
    ...{ httpOnly: true, secure: false, _sameSite: 'Lax' },
  })
  for (const date of ['', 'never', 'Wed, 21 Oct 275000 07:28:00 GMT', '-1'])
    assert.doesNotMatch(JSON.stringify(set(`a=1; expires=${date}`)), /275000|never/)
})
