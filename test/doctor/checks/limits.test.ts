import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDescriptors, checkVersions } from '../../../src/doctor/checks/limits.ts'
import { hereWith } from '../here.ts'

test('versions are told; a Node that is too old is trouble', () => {
  const [node, system] = checkVersions(hereWith())
  assert.deepEqual([node!.says, system!.says], ['26.1.0, with OpenSSL 3.5.0', 'Linux 6.12'])
  const levelWith = (version: string) =>
    checkVersions(hereWith({ versions: { node: version, openssl: '3', kernel: '' } }))[0]!.level
  assert.deepEqual(['24.15.0', '25.0.0', '24.14.9', '22.21.0'].map(levelWith), ['ok', 'ok', 'trouble', 'trouble'])
})

test('few open files are worth a note, hardly any are trouble', () => {
  const found = [Number.POSITIVE_INFINITY, 1024, 1023, 256, 127].map(
    descriptors => checkDescriptors(hereWith({ descriptors }))[0]!,
  )
  assert.deepEqual(
    found.map(({ level }) => level),
    ['ok', 'ok', 'note', 'note', 'trouble'],
  )
  assert.deepEqual([found[0]!.says, found[3]!.says], ['no limit known', '256: about 128 connections at once'])
  assert.equal(found[4]!.remedy, 'ulimit -n 4096')
})
