import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { python } from '../../../src/view/copy/python.ts'
import { exchangeOf, hostile, noBody } from './make.ts'

const missing = spawnSync('python3', ['--version']).status !== 0 && 'python3 is not installed'

/** Runs scripts with a module `requests` that answers with what it was given; everything as Latin-1. */
function run(
  scripts: readonly string[],
): { method: string; url: string; headers?: Record<string, string>; data?: string }[] {
  const program = `
import sys, types, json
calls = []
def request(method, url, headers=None, data=None, allow_redirects=True):
    calls.append({'method': method, 'url': url, 'headers': headers, 'data': data and data.decode('latin-1')})
module = types.ModuleType('requests')
module.request = request
sys.modules['requests'] = module
for script in json.load(sys.stdin): exec(script)
print(json.dumps(calls))`
  return JSON.parse(execFileSync('python3', ['-c', program], { input: JSON.stringify(scripts) }).toString())
}

test('hostile strings come through exactly', { skip: missing }, () => {
  const scripts = hostile.map(text =>
    python.copy(
      exchangeOf({ head: { method: 'POST', path: `/${text}` }, headers: [['X', text]] }),
      Buffer.from(`b\0${text}`, 'latin1'),
    ),
  )
  for (const [i, { url, headers, data }] of run(scripts).entries()) {
    assert.equal(url, `https://a.test/${hostile[i]}`)
    assert.equal(headers!.X, hostile[i])
    assert.equal(data, `b\0${hostile[i]}`)
  }
})

test('the script is plain ASCII, and says where a long body must be', () => {
  assert.match(python.copy(exchangeOf({ headers: [['X', '\xff\x1b']] }), Buffer.from('ö')), /^[\x20-\x7e\n]*$/)
  assert.match(
    python.copy(exchangeOf(), new Uint8Array(70_000)),
    /^# save the body[\s\S]*open\('request-body\.bin', 'rb'\)/,
  )
  assert.doesNotMatch(python.copy(exchangeOf(), noBody), /headers|data/)
})
