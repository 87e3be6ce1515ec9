import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doctorOptions } from '../../../src/cli/doctor/flags.ts'
import { proxyOptions } from '../../../src/cli/options.ts'

test('the doctor looks where the proxy would listen and keep its root, unless told otherwise', () => {
  const { listen, caDir, config } = doctorOptions
  assert.deepEqual([listen, caDir, config], [proxyOptions.listen, proxyOptions.caDir, proxyOptions.config])
})
