import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { contentSecurityPolicy, type PageFacts, sitePage, trustedPage } from '../../../src/proxy/site/page.ts'
import { factsWith, root } from './make.ts'

const page = (changes: Partial<PageFacts> = {}): string =>
  sitePage({ ...factsWith(), root, version: '9.8.7', tellsAll: true, ...changes })

test('the page says which root this is, and how the proxy stands', () => {
  const text = page()
  for (const fact of [
    root.name,
    root.fingerprint,
    '2026-11-21 to 2056-11-13',
    '9.8.7',
    '2026-11-29 16:40 UTC',
    '*.bank.example',
  ])
    assert.ok(text.includes(fact), fact)
  assert.match(page({ passThrough: new Set() }), /Passed through unread<\/dt><dd>nothing</)
})

test('it allows exactly the one style and the one script that it has', () => {
  const inline = (tag: string, text: string) => {
    const found = [...text.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))]
    return found.map(([, body]) => `'sha256-${createHash('sha256').update(body!).digest('base64')}'`)
  }
  for (const [tag, directive] of [
    ['style', 'style-src'],
    ['script', 'script-src'],
  ] as const)
    assert.deepEqual(
      inline(tag, page()).map(hash => `${directive} ${hash}`),
      contentSecurityPolicy.split('; ').filter(each => each.startsWith(directive)),
    )
  assert.deepEqual(inline('script', trustedPage()), [])
})

test('it brings everything along', () => {
  assert.doesNotMatch(page(), /<(?:link|img|iframe|script src|object)|@import|url\(| style=| on\w+=/)
  const links = [...page().matchAll(/href="(.*?)"/g)].map(([, href]) => href!)
  for (const href of links) assert.match(href, /^\/[\w.-]+$|^https:\/\/trust\.parley\.proxy\/$/)
})

test('no value gets out of its place', () => {
  const evil = '"><script>alert(1)</script>'
  const text = page({
    root: { ...root, name: evil, androidName: evil },
    passThrough: new Set([evil]),
    version: evil,
    listens: () => ({ host: evil, port: 1 }),
  })
  assert.equal(text.match(/<script>/g)!.length, 1)
  assert.equal(text.includes('alert(1)</script>'), false)
})

test('the steps for the device that asks are open', () => {
  const opened = (agent: string) =>
    [...page({ agent }).matchAll(/<details open><summary>(.*?)</g)].map(([, name]) => name)
  assert.deepEqual(opened('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1'), ['iPhone, iPad'])
  assert.deepEqual(opened('Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140.0 Mobile'), ['Android'])
  assert.deepEqual(opened('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'), [
    'Linux',
    'Firefox on a computer',
  ])
  assert.deepEqual(opened('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0'), ['Windows'])
  assert.deepEqual(opened('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15'), ['macOS'])
  assert.deepEqual(opened('curl/8.5.0'), ['Programs without a browser'])
  assert.deepEqual(opened(''), [])
})

test('a proxy that only this machine reaches says so', () => {
  assert.match(page(), /Only this machine reaches it/)
  assert.match(
    page({ listens: () => ({ host: '192.0.2.7', port: 8080 }) }),
    /on a telephone in the settings of its Wi-Fi/,
  )
})
