import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relaySignals } from '../../../src/launch/child/relay-signals.ts'

const names = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const

/** What a child is sent when these signals come before it is there, and these after. */
function relayed(hasTerminal: boolean, early: readonly NodeJS.Signals[], late: readonly NodeJS.Signals[]) {
  const sent: NodeJS.Signals[] = []
  const before = new Map(names.map(name => [name, process.listeners(name)]))
  const passTo = relaySignals(hasTerminal)
  const own = names.flatMap(name =>
    process
      .listeners(name)
      .filter(each => !before.get(name)!.includes(each))
      .map(each => ({ name, each })),
  )
  const comes = (name: NodeJS.Signals): void =>
    void own.find(one => one.name === name)!.each.call(process, name as 'SIGUSR2')
  try {
    early.forEach(comes)
    passTo({ signal: name => sent.push(name), ended: Promise.resolve(0) })
    late.forEach(comes)
  } finally {
    for (const { name, each } of own) process.off(name, each)
  }
  return sent
}

test('what the terminal sends to everybody is not sent twice', () => {
  assert.deepEqual(relayed(true, [], names), ['SIGTERM', 'SIGHUP', 'SIGUSR2'])
})

test('without a terminal every signal is passed on', () => assert.deepEqual(relayed(false, [], names), names))

test('what came before there was a child comes to it first, from the terminal too', () => {
  assert.deepEqual(relayed(true, ['SIGINT'], ['SIGTERM']), ['SIGINT', 'SIGTERM'])
})
