import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustStores } from '../../../ca/index.ts'
import { orSay } from '../../../src/cli/authority/stores.ts'

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
