/** Parley's own site in real clients: a browser that trusts the root and one that does not, at two sizes, and curl. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ChromiumPage } from './support/chromium-page.ts'
import { startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { Terminal } from './support/tmux.ts'

const viaProxy = (url: string) => [`--proxy-server=${url}`, '--proxy-bypass-list=<-loopback>']
const verdict = 'document.getElementById("trust").textContent'
const opened = 'document.querySelectorAll("details").forEach(each => { each.open = true })'
const fits = 'document.documentElement.scrollWidth <= innerWidth'

for (const [width, height] of [
  [1200, 800],
  [360, 740],
] as const)
  e2e(`the page tells at ${width}x${height} whether the browser trusts Parley`, { needs: ['chromium'] }, async t => {
    const parley = await startParley(t)
    const { stdout } = await parley.installed.run('ca', 'fingerprint')
    const spki = /spki\S*\s+(\S+)/.exec(stdout)![1]!
    const trusting = `--ignore-certificate-errors-spki-list=${spki}`
    for (const [flags, answer] of [
      [[], 'No: '],
      [[trusting], 'Yes: '],
    ] as const) {
      const page = await ChromiumPage.open(t, width, height, [...viaProxy(parley.url), ...flags])
      await page.goTo('http://parley.proxy/')
      await page.shows(`${verdict}.startsWith(${JSON.stringify(answer)})`)
      await page.read(opened)
      assert.equal(await page.read(fits), true, 'nothing is wider than the page')
      const complaints = page.complaints.filter(each => !each.includes('ERR_CERT_AUTHORITY_INVALID'))
      assert.deepEqual(complaints, [], 'the policy allows all that the page does')
      const asked = (await parley.show()).filter(({ target }) => target?.host === 'trust.parley.proxy')
      assert.ok(asked.length > 0)
      assert.deepEqual(
        asked.flatMap(({ problems }) => problems),
        [],
        'to ask is no failure',
      )
    }
  })

e2e(
  'opened at its address, the page knows whether the browser trusts Parley and comes through it',
  { needs: ['chromium'] },
  async t => {
    const parley = await startParley(t)
    const { stdout } = await parley.installed.run('ca', 'fingerprint')
    const trusting = `--ignore-certificate-errors-spki-list=${/spki\S*\s+(\S+)/.exec(stdout)![1]}`
    const loopbackApart = `--proxy-server=${parley.url}` // unless it is told otherwise
    for (const [flags, answer] of [
      [['--no-proxy-server'], /^No: .* does not come through/],
      [['--no-proxy-server', trusting], /^Yes: .* does not come through/],
      [[loopbackApart], /^No: .*come back\.$/],
      [[loopbackApart, trusting], /^Yes: .*trusts Parley\.$/],
    ] as const) {
      const page = await ChromiumPage.open(t, 800, 600, flags)
      await page.goTo(`${parley.url}/`)
      await page.shows(`${answer}.test(${verdict})`)
    }
  },
)

e2e('curl gets the root and trusts the site with it', { needs: ['curl', 'openssl'] }, async t => {
  const parley = await startParley(t)
  const file = join(temporaryFolder(t), 'root.pem')
  await run('curl', ['-s', '-o', file, `${parley.url}/parley-ca.pem`])
  assert.equal(readFileSync(file, 'utf8').trim(), readFileSync(parley.caPath, 'utf8').trim())
  const page = await run('curl', ['-sS', '-x', parley.url, '--cacert', file, 'https://parley.proxy/'])
  assert.match(page.stdout, /<title>Parley/, page.stderr)
  const hash = (await run('openssl', ['x509', '-in', file, '-noout', '-subject_hash_old'])).stdout.trim()
  assert.ok(page.stdout.includes(`/${hash}.0`), 'Android’s name')
})

e2e('Q shows the address of a proxy that runs', { needs: ['tmux'] }, async t => {
  const home = temporaryFolder(t)
  const main = `${process.execPath} ${join(import.meta.dirname, '../../dist/src/cli/main.js')}`
  const own = `--ca-dir ${home}/ca --capture ${home}/p.parley`
  const terminal = await Terminal.open(t, 80, 24, `${main} -l 127.0.0.1:0 ${own}`)
  await terminal.shows(/Any key goes on/)
  await terminal.press('Enter')
  await terminal.shows(/Nothing came through yet/)
  await terminal.press('Q')
  const screen = await terminal.shows(/http:\/\/127\.0\.0\.1:\d+\/ +on this machine alone/)
  assert.equal(screen.filter(row => /█.*▄.*█/.test(row)).length > 10, true, screen.join('\n'))
  assert.match(screen.join('\n'), /▀{29}/, 'the whole code is there')
})

e2e('a browser that has the PAC file alone comes through Parley', { needs: ['chromium', 'curl'] }, async t => {
  const parley = await startParley(t)
  const page = await ChromiumPage.open(t, 800, 600, [`--proxy-pac-url=${parley.url}/proxy.pac`])
  await page.goTo('http://parley.proxy/') // a name that no resolver knows
  await page.shows('document.title === "Parley"')
  const { stdout } = await run('curl', ['-s', '-D', '-', '-H', 'Host: evil.example', `${parley.url}/proxy.pac`])
  assert.doesNotMatch(stdout, /FindProxyForURL/, 'by a name of somebody else it is no path of Parley’s')
})
