/** A breakpoint as a person has it: the screen in a terminal, a request of Chromium held, edited and let go. */
import assert from 'node:assert/strict'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import { join } from 'node:path'
import { ChromiumPage } from './support/chromium-page.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { type Owner, run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { Terminal } from './support/tmux.ts'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')

const page = `<!doctype html><title>page</title><script>
  fetch('/pay', { method: 'POST', headers: { 'x-mode': 'live', 'content-type': 'application/json' }, body: '{"amount":1}' })
    .then(response => response.text()).then(text => { document.title = text }, () => { document.title = 'failed' })
</script>`

/** Over HTTP/2: the page, and what it posted. */
async function startPage(owner: Owner) {
  const { caPath, leaf } = await makeIdentities(owner)
  const files = leaf('good', { host: 'localhost' })
  const tls = { cert: readFileSync(files.cert), key: readFileSync(files.key), allowHTTP1: true }
  const port = await listenFor(
    owner,
    createSecureServer(tls, (request, response) => {
      if (request.url !== '/pay') {
        response.writeHead(200, { 'content-type': 'text/html' })
        return void response.end(page)
      }
      const parts: Uint8Array[] = []
      request.on('data', part => parts.push(Buffer.from(part)))
      request.on('end', () =>
        response.end(`${request.httpVersion} ${request.headers['x-mode']} ${Buffer.concat(parts)}`),
      )
    }),
  )
  return { caPath, url: `https://localhost:${port}/` }
}

async function startScreen(owner: Owner, caPath: string, columns: number, rows: number, ...more: readonly string[]) {
  const folder = temporaryFolder(owner)
  const editor = join(folder, 'editor')
  writeFileSync(editor, '#!/bin/sh\ncase "$1" in *.json) sed -i s/1/2/ "$1" ;; esac\n')
  chmodSync(editor, 0o755)
  const environment = `env XDG_DATA_HOME=${folder} VISUAL= EDITOR=${editor}`
  const command = `${environment} ${process.execPath} ${main} -l 127.0.0.1:0 --upstream-ca ${caPath} ${more.join(' ')}`
  const terminal = await Terminal.open(owner, columns, rows, command)
  await terminal.shows(/Any key goes on/, 30_000)
  await terminal.press('x')
  const screen = await terminal.shows(/Nothing came through yet/)
  return { terminal, port: Number(/127\.0\.0\.1:(\d+)/.exec(screen.join('\n'))?.[1]) }
}

const throughProxy = (port: number): readonly string[] => [
  `--proxy-server=http://127.0.0.1:${port}`,
  '--proxy-bypass-list=<-loopback>',
  '--ignore-certificate-errors',
]

for (const [columns, rows] of [
  [80, 24],
  [160, 48],
] as const)
  e2e(
    `a request of Chromium is held, a header and its JSON are edited, and it goes on, at ${columns}x${rows}`,
    { needs: ['tmux', 'chromium'] },
    async t => {
      const { caPath, url } = await startPage(t)
      const { terminal, port } = await startScreen(t, caPath, columns, rows)
      await terminal.press('i', ...'~u /pay & ~q', 'Enter')
      await terminal.shows(/is held from now on/)
      const chromium = await ChromiumPage.open(t, 800, 600, throughProxy(port))
      await chromium.goTo(url)
      await terminal.shows(/1 held: I/, 30_000)
      await terminal.press('I')
      await terminal.shows(/Held request/)
      await terminal.press('/', ...'x-mode', 'Enter', 'Enter')
      await terminal.shows(/ x-mode: live/)
      await terminal.press('C-u', ...'edited', 'Enter', 'e')
      await terminal.shows(/\* \{"amount":2\}/)
      await terminal.press('a')
      await terminal.shows(/goes on, changed/)
      await chromium.shows('document.title === \'2.0 edited {"amount":2}\'')
    },
  )

e2e(
  'a held request goes on as it came when its time is over, and when the screen ends',
  { needs: ['tmux', 'curl'] },
  async t => {
    const { caPath, url } = await startPage(t)
    const { terminal, port } = await startScreen(t, caPath, 80, 24, '--hold-timeout 2')
    await terminal.press('i', ...'~u /pay & ~q', 'Enter')
    await terminal.shows(/is held from now on/)
    const ask = () =>
      run('curl', ['-sk', '-x', `http://127.0.0.1:${port}`, '-H', 'x-mode: live', '-d', '{}', `${url}pay`])
    const begun = performance.now()
    assert.equal((await ask()).stdout, '2.0 live {}')
    assert.ok(performance.now() - begun > 1900)
    await terminal.shows(/went on by itself: --hold-timeout/)
    const last = ask()
    await terminal.shows(/1 held: I/)
    await terminal.press('C-c')
    assert.equal((await last).stdout, '2.0 live {}')
    await terminal.shows(/capture saved/)
  },
)
