/** Parley as a library, from the package as it is packed: its examples, its types, and what it leaves behind. */
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { makeIdentities } from './support/identities.ts'
import { startOrigin } from './support/origin.ts'
import { run, start, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const root = join(import.meta.dirname, '../..')
const examples = join(root, 'examples')
const host = 'origin.localhost'

async function httpsOrigin(t: TestContext) {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  return { url: `https://${host}:${port}/some?thing`, ca: identities.caPath }
}

/** A project that has the packed package as a dependency. */
async function project(t: TestContext): Promise<string> {
  const folder = temporaryFolder(t)
  const own = join(folder, 'node_modules/parley-proxy')
  mkdirSync(own, { recursive: true })
  const packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    timeout: 60_000,
  })
  assert.equal(packed.code, 0, packed.stderr)
  const file = readdirSync(folder).find(name => name.endsWith('.tgz'))!
  assert.equal((await run('tar', ['-xzf', join(folder, file), '-C', own, '--strip-components=1'])).code, 0)
  symlinkSync(join(root, 'node_modules'), join(own, 'node_modules'))
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}

e2e('the example that asserts on negotiated TLS passes, and fails with an older server', {}, async t => {
  const { url, ca } = await httpsOrigin(t)
  // a runner within a runner would run nothing
  const args = ['-u', 'NODE_TEST_CONTEXT', process.execPath, '--test', join(examples, 'tls-version.test.ts')]
  const env = { ORIGIN: url, ORIGIN_CA: ca }
  const passed = await run('env', args, { env, timeout: 60_000 })
  assert.equal(passed.code, 0, passed.stdout)
  assert.match(passed.stdout, /pass 1/)
  const old = { ...env, NODE_OPTIONS: '--tls-max-v1.2' }
  const failed = await run('env', args, { env: old, timeout: 60_000 })
  assert.equal(failed.code, 1)
  assert.match(failed.stdout, /'TLS 1\.2'[\s\S]*'TLS 1\.3'/)
})

e2e('the example of a mock server answers for a server that is not there', {}, async t => {
  const mock = start(t, process.execPath, [join(examples, 'mock-server.ts')])
  const [, proxy, roots] = await mock.heard(/^HTTPS_PROXY=(\S+) .*NODE_EXTRA_CA_CERTS=(\S+)$/m)
  const script = `
    const url = 'https://api.example.com/users'
    const post = await fetch(url, { method: 'POST', body: JSON.stringify({ name: 'Grace' }) })
    const answers = [post, await fetch(url + '/2'), await fetch(url + '/9')]
    for (const answer of answers) console.log(answer.status, JSON.stringify(await answer.json()))`
  const env = { HTTPS_PROXY: proxy!, NODE_USE_ENV_PROXY: '1', NODE_EXTRA_CA_CERTS: roots! }
  const asked = await run(process.execPath, ['--input-type=module', '-e', script], { env })
  assert.equal(asked.stdout, '201 {"id":2}\n200 {"id":2,"name":"Grace"}\n404 {"error":"no such user"}\n', asked.stderr)
  const { code, stdout } = await mock.stop('SIGINT')
  assert.equal(code, 0)
  assert.match(stdout, /POST \/users 201\nGET \/users\/2 200\nGET \/users\/9 404\n$/)
})

e2e('the packed package starts, records, exports by the example, and leaves no file and no handle', {}, async t => {
  const folder = await project(t)
  const { url, ca } = await httpsOrigin(t)
  const capture = join(folder, 'kept.parley')
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  const script = join(folder, 'script.ts')
  writeFileSync(
    script,
    `import { readFileSync } from 'node:fs'
    import { openCapture, startParley, trace, type Flow } from 'parley-proxy'
    const trust = [readFileSync(${JSON.stringify(ca)}, 'utf8')]
    const { connection, error } = await trace(${JSON.stringify(url)}, { trust, capture: ${JSON.stringify(capture)} })
    const parley = await startParley({ rules: [{ request: message => ({ status: 200, body: message.url }) }] })
    const waiting: Promise<Flow> = parley.flow('~all')
    await fetch(parley.url + '/', { method: 'HEAD' }).catch(() => {})
    await parley.close()
    waiting.catch(() => {})
    const version: string | undefined = connection?.legs.upstream?.tls?.negotiated.version?.name
    using reader = openCapture(${JSON.stringify(capture)})
    console.log(version, error, reader.count())
    // @ts-expect-error there is none
    parley.nothing
    `,
  )
  const ran = await run(process.execPath, [script], { env: { TMPDIR: temporary }, cwd: folder, timeout: 60_000 })
  assert.equal(ran.stdout, 'TLS 1.3 undefined 1\n', ran.stderr)
  assert.equal(ran.code, 0)
  assert.deepEqual(readdirSync(temporary), [])
  const options = ['--target', 'es2022', '--lib', 'es2022,esnext.disposable', '--module', 'nodenext', '--types', 'node']
  const checked = await run(join(root, 'node_modules/.bin/tsc'), [...options, '--noEmit', '--strict', script], {
    cwd: folder,
  })
  assert.equal(checked.stdout, '')
  const exported = await run(process.execPath, [join(examples, 'csv-exporter.ts'), capture, '~d origin'])
  assert.match(
    exported.stdout,
    /^id,host,[\s\S]*\r\n1,origin\.localhost,GET,\/some\?thing,200,[\d.]+,TLSv1\.3,TLSv1\.3,\r\n$/,
  )
})
