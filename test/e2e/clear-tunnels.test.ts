/** HTTP in clear inside a tunnel, as browsers send `ws://`: rules act on it, and where none can it passes as it came. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { runCurl } from './support/curl.ts'
import { listenFor } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

e2e('rules act on HTTP in a tunnel that is not TLS', { needs: ['curl'] }, async t => {
  const origin = await listenFor(
    t,
    createServer((request, response) => response.end(`${request.url} ${request.rawHeaders.join('|')}`)),
  )
  const parley = await startParley(t, '--rule', '~u /acted => set-header request x-parley yes')
  const asked = async (path: string, ...more: readonly string[]) =>
    (await runCurl(parley, ['-p', ...more, `http://127.0.0.1:${origin}${path}`])).stdout
  assert.match(await asked('/acted'), /^\/acted .*\|x-parley\|yes$/)
  assert.doesNotMatch(await asked('/other'), /x-parley/)
  assert.match(await asked('/acted', '-d', 'a body'), /\|x-parley\|yes$/)
})
