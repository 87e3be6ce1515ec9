import assert from 'node:assert/strict'
import { test } from 'node:test'
import { curlOptions } from '../../../src/cli/curl/curl-options.ts'

test('every name is an option as curl has them, and the usual ones are there', () => {
  for (const name of curlOptions.keys()) assert.match(name, /^(-[\w#:]|--[a-z][a-z\d.-]+)$/)
  const takes = (name: string): boolean | undefined => curlOptions.get(name)?.takes
  for (const name of ['-X', '-H', '-d', '--data-raw', '--data-binary', '-F', '-u', '-b', '-A', '-e', '--json', '-o'])
    assert.equal(takes(name), true, name)
  for (const name of ['--compressed', '-k', '-I', '-G', '--http2', '-s', '-L']) assert.equal(takes(name), false, name)
})
