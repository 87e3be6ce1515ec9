import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChainJudge } from '../../../../src/proxy/leg/exact/chain-judge.ts'
import { isTrustworthy, passes } from '../../../../src/proxy/leg/exact/self-test.ts'
import { certificates } from '../../../../src/proxy/leg/exact/self-test-certificates.ts'
import { pemOf } from './pem.ts'

const judge = new ChainJudge([pemOf(Buffer.from(certificates.root, 'base64'))])

test('this Node judges chains as it must', async () => {
  assert.equal(await isTrustworthy(), true)
})

test('whoever accepts or refuses everything does not pass, nor who trusts no root or another', async () => {
  assert.equal(await passes({ judge: () => undefined }), false)
  const refusal = judge.judge({ certificates: [] }, { host: 'good.test', allowsWeak: false })
  assert.equal(await passes({ judge: () => refusal }), false)
  assert.equal(await passes(new ChainJudge([])), false)
  assert.equal(await passes(new ChainJudge([pemOf(Buffer.from(certificates.stranger, 'base64'))])), false)
})

test('who is wrong in one case does not pass', async () => {
  let asked = 0
  const counting: ChainJudge['judge'] = (...question) => {
    asked++
    return judge.judge(...question)
  }
  assert.equal(await passes({ judge: counting }), true)
  assert.equal(asked, 15)
  for (let wrong = 0; wrong < asked; wrong++) {
    let count = 0
    const one: ChainJudge['judge'] = async (...question) => {
      const fault = await judge.judge(...question)
      if (count++ !== wrong) return fault
      return fault ? undefined : ({ problem: { code: 'x', blame: 'server', message: '' }, alert: 42 } as never)
    }
    assert.equal(await passes({ judge: one }), false, `case ${wrong}`)
  }
})
