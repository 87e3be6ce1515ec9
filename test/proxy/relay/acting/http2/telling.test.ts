import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf } from '../../../../../src/problem/problem.ts'
import { claimRequest, claimResponse, get, ok, talking } from './peers.ts'

test('acts and problems of a verdict are told even where nothing is changed, and what the server gets once', () => {
  const problem = problemOf('acting/bad-head')
  const act = { by: 'rule', did: 'nothing' }
  const at = talking({
    request: () => claimRequest(({ head }) => ({ type: 'change', acts: [], head })),
    response: () => claimResponse(({ head }) => ({ type: 'change', acts: [act], problems: [problem], head })),
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  at.fromServer(at.server.headers(1, ok, true))
  assert.deepEqual(
    at.told.map(([id, event]) => [id, event.type]),
    [
      [1, 'server-request'],
      [1, 'acted'],
      [1, 'problem'],
      [1, 'server-response'],
    ],
  )
})
