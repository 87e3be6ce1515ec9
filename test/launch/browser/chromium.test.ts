import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { chromium } from '../../../src/launch/browser/chromium.ts'
import { folderOf, startIn } from './fake-browser.ts'

test('Chromium gets a profile, the proxy for loopback too, and the hash of the root', t => {
  const start = startIn(folderOf(t))
  const words = chromium.arguments(start)
  for (const word of [
    `--user-data-dir=${start.profile}`,
    '--proxy-server=http://127.0.0.1:8080',
    '--proxy-bypass-list=<-loopback>',
    '--ignore-certificate-errors-spki-list=c3BraQ==',
    '--disable-quic',
    '--disable-background-networking',
  ])
    assert.ok(words.includes(word), word)
  assert.ok(words.every(word => word.startsWith('--')))
})

test('an IPv6 address of the proxy is in brackets', t => {
  const words = chromium.arguments(startIn(folderOf(t), { proxy: { host: '::1', port: 1 } }))
  assert.ok(words.includes('--proxy-server=http://[::1]:1'))
})

test('the sandbox is off for root alone', t => {
  const folder = folderOf(t)
  assert.equal(chromium.arguments(startIn(folder)).includes('--no-sandbox'), false)
  assert.equal(chromium.arguments(startIn(folder, { privileged: true })).includes('--no-sandbox'), true)
})

test('the preferences of a new profile are quiet; those of a kept one are the person’s', async t => {
  const start = startIn(folderOf(t))
  await chromium.prepare(start)
  const path = join(start.profile, 'Default', 'Preferences')
  const { signin, safebrowsing } = JSON.parse(readFileSync(path, 'utf8'))
  assert.deepEqual([signin.allowed, safebrowsing.enabled], [false, false])
  writeFileSync(path, '{"theirs":1}')
  await chromium.prepare(start)
  assert.equal(readFileSync(path, 'utf8'), '{"theirs":1}')
})
