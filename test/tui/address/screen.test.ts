import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enterAddress } from '../../../src/tui/address/screen.ts'
import { initialState, type World } from '../../../src/tui/state/state.ts'
import { qrCode } from '../../../src/view/qr-code.ts'
import { rowWorld, screenAfter } from '../world.ts'

const bare = rowWorld([])
const worldWith = (site: World['status']['site']): World => ({
  ...bare,
  status: { ...bare.status, ...(site && { site }) },
})

test('Q shows the addresses of the site, and a code for the first', () => {
  const urls = ['http://192.0.2.7:8080/', 'http://[2001:db8::7]:8080/']
  const shown = screenAfter(worldWith({ urls, isLocal: false }), ['Q'])
  for (const url of [...urls, 'http://parley.proxy/']) assert.ok(shown.includes(url), url)
  for (const row of qrCode(urls[0]!)) assert.ok(shown.includes(row))
  assert.doesNotMatch(shown, /--listen/)
})

test('a proxy that only this machine reaches says what a telephone needs', () => {
  const shown = screenAfter(worldWith({ urls: ['http://127.0.0.1:8080/'], isLocal: true }), ['Q'])
  assert.match(shown, /127\.0\.0\.1:8080\/ +on this machine alone/)
  assert.match(shown, /--listen 0\.0\.0\.0/)
})

test('a capture has no site', () => {
  const { screens, notice } = enterAddress(initialState, bare, '')
  assert.deepEqual([screens.length, notice?.tone], [1, 'bad'])
})
