import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostsHead, hostsLines } from '../../../src/tui/hosts/lines.ts'
import { columnsOf, plain } from '../../../src/tui/line.ts'
import type { HostsScreen } from '../../../src/tui/state/state.ts'
import { rowWorld, sampleWorld } from '../world.ts'

const screen: HostsScreen = { kind: 'hosts', cursor: 0, open: new Set(), top: 0 }

test('hosts of the capture stand with their counts in line with the head, at every width', async () => {
  for (const columns of [60, 80, 160]) {
    const world = await sampleWorld(columns)
    const lines = hostsLines(screen, world)
    assert.match(lines.map(plain).join('\n'), /▸ https:\/\/api\.example\.com +\d+/)
    for (const line of [hostsHead(world), ...lines]) assert.ok(columnsOf(line) <= columns)
    assert.equal(columnsOf(hostsHead(world)), columnsOf(lines[0]!))
  }
})

test('without flows there are no hosts', () => {
  assert.match(hostsLines(screen, rowWorld([])).map(plain).join(), /No flows/)
})
