import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustStores } from '../../../ca/index.ts'
import { orSay, sayInJson } from '../../../src/cli/authority/stores.ts'
import { assertFits } from '../../view/json/schemas.ts'

/** What is printed while `act` runs. */
async function printed(act: () => Promise<unknown>): Promise<string> {
  const { write } = process.stdout
  let text = ''
  process.stdout.write = (part: string | Uint8Array) => {
    text += part
    return true
  }
  try {
    await act()
  } finally {
    process.stdout.write = write
  }
  return text
}

test('what a store fails with is said, printable, with the exit code; a fault of Parley’s is thrown', async () => {
  const { TrustError } = await trustStores()
  const store = { kind: 'nss', place: '/a\u001b[2J' } as const
  const text = await printed(() => orSay(store, () => Promise.reject(new TrustError('certutil failed\nwith 1'))))
  assert.match(text, /^not done +nss +\/a.*\(certutil failed with 1\)\n$/)
  assert.ok(!text.includes('\u001b'))
  assert.equal(process.exitCode, 1)
  process.exitCode = 0
  await assert.rejects(
    orSay(store, () => Promise.reject(new TypeError('fault'))),
    TypeError,
  )
})

test('in JSON it is a line that a program reads', async () => {
  const { TrustError } = await trustStores()
  const store = { kind: 'nss', place: '/a\u001b[2J' } as const
  sayInJson(true)
  try {
    const text = await printed(() => orSay(store, () => Promise.reject(new TrustError('no certutil'))))
    const line = JSON.parse(text)
    assertFits('ca', line)
    assert.deepEqual(line.store, { ...store, standing: 'not-done', says: 'no certutil' })
  } finally {
    sayInJson(false)
    process.exitCode = 0
  }
})
