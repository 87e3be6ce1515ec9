import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkVersion } from '../../../src/compare/verdict/version.ts'
import { makeHello } from '../make.ts'
import { ask } from './ask.ts'

test('a version that the server passed over is one that it does not know', () => {
  assert.equal(checkVersion(ask({ supportedVersions: [0x0304] }, { version: 0x0303 }))?.standing, 'fails')
})

test('a version that the server was not asked for may be known to it', () => {
  assert.equal(checkVersion(ask({ supportedVersions: [0x0302] }, { version: 0x0303 }))?.standing, 'may-fail')
})

test('a lower version that the server did not choose may be known to it all the same', () => {
  const sent = makeHello({ supportedVersions: [0x0303, 0x0302] })
  const question = { ...ask({ supportedVersions: [0x0302] }, { version: 0x0303 }), sent }
  assert.equal(checkVersion(question)?.standing, 'may-fail')
})

test('a higher version that Parley did not offer was not passed over', () => {
  const sent = makeHello({ supportedVersions: [0x0303] })
  const question = { ...ask({ supportedVersions: [0x0304] }, { version: 0x0303 }), sent }
  assert.equal(checkVersion(question)?.standing, 'may-fail')
})

test('a handshake without a version says nothing', () => {
  const question = ask()
  assert.equal(checkVersion({ ...question, upstream: { ...question.upstream, negotiated: {} as never } }), undefined)
})
