/** Which process sent it: real programs through the proxy, and what is told of them. */
import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseFilter } from '../../src/filter/parser.ts'
import { openCapture } from '../../src/store/capture.ts'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor, startOrigin } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { type Owner, run, temporaryFolder } from './support/processes.ts'
import { type E2eOptions, e2e, findProgram } from './support/programs.ts'

/** How processes are found there is tested in test/launch/processes. */
const onLinux: typeof e2e = (title, options: E2eOptions, test) => {
  if (process.platform === 'linux') e2e(title, options, test)
}

/** An origin that answers after a while, so that a busy machine too has the time to see who asks. */
const slowOrigin = (owner: Owner): Promise<number> =>
  listenFor(
    owner,
    createServer((_, response) => void setTimeout(() => response.end('slow\n'), 1000)),
  )

function fitting(parley: Parley, ...filters: string[]): number[] {
  const capture = openCapture(parley.capturePath)
  try {
    return filters.map(text => capture.flows({ filter: parseFilter(text), limit: 10 }).length)
  } finally {
    capture.close()
  }
}

onLinux('curl is told with its pid and its arguments, and the filter finds it', { needs: ['curl'] }, async t => {
  const parley = await startParley(t)
  const url = `http://127.0.0.1:${await slowOrigin(t)}/who`
  assert.equal((await runCurl(parley, [url])).stdout, 'slow\n')
  const [connection] = await parley.closed(1)
  const { pid, name, command } = connection!.process!
  assert.equal(name, 'curl')
  assert.ok(pid > 1 && pid !== process.pid && pid !== parley.running.child.pid)
  assert.ok(command.startsWith('curl -sS ') && command.endsWith(` ${url}`), command)
  const { stdout } = await parley.installed.run('show', parley.capturePath)
  assert.match(stdout, new RegExp(`process curl \\(pid ${pid}\\)`))
  assert.deepEqual(fitting(parley, '~process curl', '~process /who$', '~process wget', '!~process curl'), [1, 1, 0, 0])
})

onLinux('two programs at once are told apart, one of them over TLS', { needs: ['curl', 'python3'] }, async t => {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host: 'origin.localhost' }))
  const slow = await slowOrigin(t)
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  const script = `import sys, urllib.request as u
u.build_opener(u.ProxyHandler({'http': sys.argv[1]})).open(sys.argv[2]).read()`
  const [curl, python] = await Promise.all([
    runCurl(parley, ['--limit-rate', '200k', '-o', '/dev/null', `https://origin.localhost:${port}/bytes/300000`]),
    run('python3', ['-c', script, parley.url, `http://127.0.0.1:${slow}/`]),
  ])
  assert.deepEqual([curl.code, python.code], [0, 0], curl.stderr + python.stderr)
  const told = (await parley.closed(2)).map(({ process, serverName }) => [process?.name.slice(0, 6), serverName])
  assert.deepEqual(told.sort(), [
    ['curl', 'origin.localhost'],
    ['python', undefined],
  ])
})

onLinux('a program whose name would act on a terminal is told harmlessly', { needs: ['curl'] }, async t => {
  const name = 'cu\x1b[2J\u202erl'
  const path = join(temporaryFolder(t), name)
  copyFileSync(findProgram('curl')!, path)
  const parley = await startParley(t)
  const url = `http://127.0.0.1:${await slowOrigin(t)}/`
  await run(path, ['-s', '-w', '\x1b]52;c;aGk=\x07', '-x', parley.url, '--noproxy', '', url])
  const [connection] = await parley.closed(1)
  assert.equal(connection!.process?.name, name)
  for (const json of [[], ['--json']]) {
    const { stdout } = await parley.installed.run('show', ...json, parley.capturePath)
    assert.doesNotMatch(stdout, /[\x1b\x07\u202e]/)
    assert.match(stdout, /cu\\(x1b|u001b)\[2J/)
  }
})
