import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookieLines, requestCookies, responseCookies } from '../../../src/view/body/cookies.ts'
import { texts } from './render.ts'

test('cookies that are sent are pairs, from as many headers as there are', () => {
  assert.deepEqual(
    requestCookies([
      ['Cookie', 'a=1; b=x=y;c'],
      ['cookie', ' d= 4 '],
    ]),
    [
      ['a', '1'],
      ['b', 'x=y'],
      ['c', ''],
      ['d', '4'],
    ],
  )
})

test('cookies that are set keep their attributes in order', () => {
  assert.deepEqual(responseCookies([['Set-Cookie', 'a=1; Path=/; Secure; Expires=Wed, 01 Jan 2020 00:00:00 GMT']]), [
    {
      name: 'a',
      value: '1',
      attributes: [
        ['Path', '/'],
        ['Secure', ''],
        ['Expires', 'Wed, 01 Jan 2020 00:00:00 GMT'],
      ],
    },
  ])
})

test('the table says what a browser would refuse', () => {
  assert.deepEqual(
    texts(
      cookieLines([
        ['set-cookie', '__Host-a=1; Path=/x; Secure'],
        ['set-cookie', 'b=2; SameSite=None'],
      ]),
    ),
    [
      '__Host-a = 1',
      '  Path: /x',
      '  Secure',
      '  browsers refuse the prefix __Host- unless it is Secure, with Path=/ and no Domain',
      'b = 2',
      '  SameSite: None',
      '  browsers refuse SameSite=None without Secure',
    ],
  )
})

test('a head without cookies has no table', () => {
  assert.equal(cookieLines([['a', 'b']]), undefined)
})
