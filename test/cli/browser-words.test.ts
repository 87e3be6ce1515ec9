import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBrowserWords } from '../../src/cli/browser-words.ts'
import type { Machine } from '../../src/launch/browser/machine.ts'

const machine = (...programs: string[]): Machine => ({
  platform: 'linux',
  environment: { PATH: '/bin' },
  home: '/home/ann',
  isProgram: path => programs.includes(path),
  read: () => '',
  ask: () => '',
})
const both = machine('/bin/chromium', '/bin/firefox', '/opt/thorium')

function read(line: string, on: Machine = both) {
  const argv = ['node', 'parley', 'browser', ...line.split(' ').filter(word => word !== '')]
  const words = argv.slice(3).filter(word => word !== '--')
  const { browsers, ...rest } = readBrowserWords(words, argv, on)
  return { browsers: browsers.map(({ command }) => command), ...rest }
}

test('names, paths and a URL are told apart, in any order', () => {
  const [chromium, firefox] = ['/bin/chromium', '/bin/firefox']
  assert.deepEqual(read('firefox'), { browsers: [firefox], extra: [] })
  assert.deepEqual(read('/opt/thorium https://a.test/x'), {
    browsers: ['/opt/thorium'],
    extra: [],
    url: 'https://a.test/x',
  })
  assert.deepEqual(read('a.test Firefox chromium').browsers, [firefox, chromium])
})

test('without a browser it is the first that there is', () => {
  assert.deepEqual(read('').browsers, ['/bin/chromium'])
  assert.deepEqual(read('', machine('/bin/firefox')).browsers, ['/bin/firefox'])
})

test('what stands behind -- is for the browser, whatever it is', () => {
  assert.deepEqual(read('firefox -- --headless -P https://b.test'), {
    browsers: ['/bin/firefox'],
    extra: ['--headless', '-P', 'https://b.test'],
  })
  assert.deepEqual(read('-- firefox'), { browsers: ['/bin/chromium'], extra: ['firefox'] })
})

test('an address without a scheme is https, but http on this machine', () => {
  const url = (word: string): string | undefined => read(word).url
  assert.equal(url('example.com'), 'https://example.com/')
  assert.equal(url('example.com:8443/x'), 'https://example.com:8443/x')
  assert.equal(url('localhost:3000'), 'http://localhost:3000/')
  assert.equal(url('[::1]:80/a'), 'http://[::1]/a')
  assert.equal(url('http://x/'), 'http://x/')
  assert.equal(url('about:blank'), 'about:blank')
})

test('nothing else becomes a URL, and no argument of the browser', () => {
  for (const word of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'chrome://settings',
    '--no-sandbox',
    'https://',
    'fire',
  ])
    assert.throws(() => read(word), { exitCode: 2, message: /is neither a browser .* nor an http or https URL/ }, word)
  assert.throws(() => read('firefx'), /Did you mean firefox\?$/)
  assert.throws(() => read('a.test b.test'), { exitCode: 2, message: /takes one URL; b\.test is one too many/ })
  assert.throws(() => read('/opt/none'), { exitCode: 2, message: /\/opt\/none is not a program/ })
})

test('a browser that is not there is an error that says where it was looked for', () => {
  assert.throws(() => read('edge'), {
    message:
      'Edge is not on this machine; looked for microsoft-edge, microsoft-edge-stable on PATH, flatpak com.microsoft.Edge',
  })
  assert.throws(
    () => read('', machine()),
    /no browser was found; looked for Chromium \(chromium, .*Give the path of one/,
  )
})
