import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownPrograms } from '../../src/doctor/programs.ts'

const errand = {
  url: 'https://curl.parley.test:4433/',
  folder: '/tmp/x',
}

test('each program has a name that can be a label of a host, and no two have the same', () => {
  const names = knownPrograms.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  assert.ok(names.every(name => /^[a-z][a-z0-9-]*$/.test(name)))
})

test('each is given the URL, by argument or by variable, and says in a line what mends it', () => {
  for (const { name, args, environment, remedy } of knownPrograms) {
    const given = [...args(errand), ...Object.values(environment?.(errand) ?? {})]
    assert.ok(
      given.some(word => word.includes(errand.url)),
      name,
    )
    assert.ok(remedy.length > 10 && !remedy.includes('\n'), name)
  }
})
