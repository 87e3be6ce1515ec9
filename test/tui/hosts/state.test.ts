import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '../../../src/filter/parser.ts'
import type { HostsScreen } from '../../../src/tui/hosts/state.ts'
import { filterBelow, hostRows } from '../../../src/tui/hosts/state.ts'
import type { TreeNode } from '../../../src/tui/ports.ts'
import { flowRow, press, rowWorld } from '../world.ts'

const node = (name: string, deeper = true): TreeNode => ({ name, flows: 1, failed: 0, bytes: 10, deeper })
const base = rowWorld([flowRow(1)])
const world = {
  ...base,
  source: {
    ...base.source,
    hosts: () => [node('https://a.example'), node('http://b.example:81')],
    paths: (origin: string, prefix: string) =>
      origin === 'https://a.example' && prefix === '/' ? [node('v1/'), node('x.css', false)] : [node('users', false)],
  },
}
const screen: HostsScreen = { kind: 'hosts', cursor: 0, open: new Set(), top: 0 }
const paths = (open: string[]): string[] => hostRows({ ...screen, open: new Set(open) }, world).map(({ path }) => path)

test('the tree shows what is unfolded, level by level', () => {
  assert.deepEqual(paths([]), ['https://a.example/', 'http://b.example:81/'])
  assert.deepEqual(paths(['https://a.example/', 'https://a.example/v1/']), [
    'https://a.example/',
    'https://a.example/v1/',
    'https://a.example/v1/users',
    'https://a.example/x.css',
    'http://b.example:81/',
  ])
})

test('a line filters the list to what lies below it', () => {
  const [host, , page] = hostRows({ ...screen, open: new Set(['https://a.example/']) }, world)
  assert.equal(filterBelow(host!), '~u ^https://a\\.example/')
  assert.equal(filterBelow(page!), '~u "^https://a\\.example/x\\.css($|\\?)"')
  for (const row of [host!, page!]) assert.equal(parseFilter(filterBelow(row))?.type, 'pattern')
})

test('keys unfold, fold, go to the parent and to the list', () => {
  const shown = (...keys: string[]) => press(world, ['t', ...keys])
  const cursor = (...keys: string[]) => (shown(...keys).screens.at(-1) as HostsScreen).cursor
  assert.equal((shown('l').screens.at(-1) as HostsScreen).open.size, 1)
  assert.equal((shown('l', 'h').screens.at(-1) as HostsScreen).open.size, 0)
  assert.equal(cursor('l', 'j', 'h'), 0)
  assert.equal(cursor('G'), 1)
  const list = shown('enter')
  assert.deepEqual([list.screens.length, list.filter.text], [1, '~u ^https://a\\.example/'])
})
