// parley --rule '~d api.example.com => script examples/mock-api.ts'
//
// Answers a part of an API from memory, without asking the server, and marks users in what the server itself answers.

import type { ResponseChange, ScriptAnswer, ScriptRequest, ScriptResponse } from 'parley-proxy/script'

const notes = new Map<string, string>() // lives as long as this script's thread

export function request({ method, url, text }: ScriptRequest): ScriptAnswer | undefined {
  const [, id] = /^\/notes\/(\w+)$/.exec(new URL(url).pathname) ?? []
  if (id === undefined) return undefined // the server is asked
  if (method === 'PUT') {
    notes.set(id, text ?? '')
    return json(201, { id })
  }
  const note = notes.get(id)
  return note === undefined ? json(404, { error: 'no such note' }) : json(200, { id, note })
}

export function response({ headers, text = '' }: ScriptResponse): ResponseChange | undefined {
  const isJson = headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.includes('json'))
  if (!isJson) return undefined
  const answer = JSON.parse(text)
  if (!Array.isArray(answer.users)) return undefined
  return { body: JSON.stringify({ ...answer, users: answer.users.map((user: object) => ({ ...user, mocked: true })) }) }
}

const json = (status: number, value: object): ScriptAnswer => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify(value),
})
