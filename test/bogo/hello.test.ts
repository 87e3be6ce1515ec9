import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClientHello } from '../../src/wire/tls/messages/client-hello.ts'
import { readFlags, Unsupported } from './flags.ts'
import { helloFor } from './hello.ts'

const helloOf = (...args: readonly string[]) => readClientHello(helloFor(readFlags(args).initial, undefined))

test('the versions, groups and names of the flags are offered', () => {
  const hello = helloOf(
    '-no-tls11',
    '-no-tls1',
    '-curves',
    '24',
    '-host-name',
    'a.example',
    '-advertise-alpn',
    '\x03foo',
  )
  assert.deepEqual(hello.supportedVersions, [0x0304, 0x0303])
  assert.deepEqual(hello.supportedGroups, [24])
  assert.deepEqual(hello.alpn, ['foo'])
  assert.equal(hello.serverName, 'a.example')
})

test('flags of the connection that resumes are not those of the first', () => {
  const { initial, resume } = readFlags(['-on-resume-max-version', '771'])
  assert.equal(initial.number('max-version'), undefined)
  assert.equal(resume.number('max-version'), 771)
})

test('a flag that the shim cannot heed turns the test down', () => {
  assert.throws(() => readFlags(['-psk', 'x']), Unsupported)
  assert.throws(() => readFlags(['-made-up']), Unsupported)
})
