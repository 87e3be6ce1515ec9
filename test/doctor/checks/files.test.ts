import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCaptures, checkConfig } from '../../../src/doctor/checks/files.ts'
import type { FileState } from '../../../src/doctor/surroundings.ts'
import { hereWith } from '../here.ts'

const folder = "/home/o'hara/captures"
const state = (mode: number): FileState => ({ isFolder: true, mode, uid: 1000, changedAt: 0 })
const captures = (...names: readonly string[]) => ({
  captures: { folder, paths: names.map(name => `${folder}/${name}`) },
})

test('a private folder with room is well', () => {
  assert.deepEqual(checkCaptures(hereWith({}, captures('a.parley'))), [
    { level: 'ok', what: 'captures', says: folder },
    { level: 'ok', what: 'disk', says: '5.0 GB free' },
  ])
})

test('a folder that is not there yet is judged by the nearest that is', () => {
  const asked: string[] = []
  const only = (there: string) => ({
    stateOf: (path: string) => (path === there ? state(0o755) : undefined),
    roomIn: (path: string) => {
      asked.push(path)
      return 2e9
    },
  })
  const [made] = checkCaptures(hereWith(only('/home'), captures()))
  assert.deepEqual([made!.level, made!.says, asked], ['ok', `${folder}: the first run makes it`, ['/home']])
  const [refused] = checkCaptures(hereWith({ ...only('/'), canWrite: () => false }, captures()))
  assert.deepEqual([refused!.level, refused!.says], ['trouble', `you may not make ${folder}`])
})

test('a folder that cannot be written to is trouble', () => {
  const [finding] = checkCaptures(hereWith({ canWrite: () => false }, captures()))
  assert.equal(finding!.says, `you may not write to ${folder}`)
  assert.equal(finding!.remedy, String.raw`sudo chown -R "$(id -u)" '/home/o'\''hara/captures'`)
})

test('captures that others may read are trouble, a folder that they may list a note', () => {
  const modes = (of: Readonly<Record<string, number>>) => ({
    stateOf: (path: string) => state(of[path.slice(folder.length + 1)] ?? 0o600),
  })
  const [listed] = checkCaptures(hereWith(modes({ '': 0o755 }), captures('a.parley')))
  assert.deepEqual([listed!.level, listed!.remedy], ['note', String.raw`chmod 700 '/home/o'\''hara/captures'`])
  const open = modes({ 'b.parley': 0o644, 'c.parley': 0o640 })
  const [, found] = checkCaptures(hereWith(open, captures('a.parley', 'b.parley', 'c.parley')))
  assert.deepEqual([found!.level, found!.says], ['trouble', 'others may read b.parley and 1 more'])
  const onWindows = checkCaptures(hereWith({ ...open, platform: 'win32' }, captures('b.parley')))
  assert.ok(onWindows.every(({ level }) => level === 'ok'))
})

test('little room is a note, hardly any is trouble, and where it is not known nothing is said', () => {
  const level = (room: number | undefined) => checkCaptures(hereWith({ roomIn: () => room }, captures()))[1]?.level
  assert.deepEqual([1e9, 9e8, 9e7, undefined].map(level), ['ok', 'note', 'trouble', undefined])
})

test('a config file is told by its path, and what is wrong with it in the words of its reader', () => {
  const path = '/c.json'
  const found = [
    { path, there: true },
    { path, there: false },
    { path, there: true, complaint: '/c.json: not JSON' },
  ]
  assert.deepEqual(
    found.flatMap(config => checkConfig(hereWith({}, { config }))),
    [
      { level: 'ok', what: 'config file', says: '/c.json' },
      { level: 'ok', what: 'config file', says: 'none at /c.json' },
      { level: 'trouble', what: 'config file', says: '/c.json: not JSON', remedy: 'mend or move away /c.json' },
    ],
  )
})
