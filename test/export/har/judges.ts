import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

const require = createRequire(import.meta.url)
const schemas = require('har-schema') as Readonly<Record<string, { readonly $id: string }>>
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'))
for (const schema of Object.values(schemas)) ajv.addSchema(schema)
const validate = ajv.getSchema('har.json#')!

/** Fails with what the schema of HAR 1.2 finds wrong. */
export function assertHar(value: unknown): void {
  const fits = validate(value)
  assert.deepEqual(fits ? [] : validate.errors?.slice(0, 5), [])
}

type Members = Readonly<Record<string, unknown>>

/**
 * What Chromium's DevTools demand of a HAR that they import (front_end/models/har/HARFormat.ts): objects, dates that Date
 * reads, numbers that are numbers; everything else they turn into text or leave out.
 */
export function assertDevTools(value: unknown): void {
  const log = object(object(value).log)
  string(log.version)
  string(object(log.creator).name)
  assert.ok(Array.isArray(log.pages))
  for (const each of array(log.entries)) {
    const entry = object(each)
    assert.ok(!Number.isNaN(new Date(string(entry.startedDateTime)).getTime()))
    number(entry.time)
    const { request, response, timings } = entry
    const asked = object(request)
    for (const member of ['method', 'url', 'httpVersion']) string(asked[member])
    assert.ok(URL.canParse(string(asked.url)))
    for (const member of ['headersSize', 'bodySize']) assert.ok(Number.isInteger(number(asked[member])))
    for (const list of ['cookies', 'headers', 'queryString']) array(asked[list]).forEach(namedValue)
    const answer = object(response)
    number(answer.status)
    for (const member of ['statusText', 'httpVersion', 'redirectURL']) string(answer[member])
    for (const list of ['cookies', 'headers']) array(answer[list]).forEach(namedValue)
    const content = object(answer.content)
    number(content.size)
    string(content.mimeType)
    for (const part of ['send', 'wait', 'receive']) assert.ok(number(object(timings)[part]) >= 0)
    for (const part of ['blocked', 'dns', 'connect', 'ssl']) assert.ok(number(object(timings)[part]) >= -1)
  }
}

function object(value: unknown): Members {
  assert.ok(typeof value === 'object' && value !== null)
  return value as Members
}

function array(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value))
  return value
}

function string(value: unknown): string {
  assert.equal(typeof value, 'string')
  return value as string
}

function number(value: unknown): number {
  assert.ok(typeof value === 'number' && Number.isFinite(value))
  return value
}

function namedValue(value: unknown): void {
  const { name, value: said } = object(value)
  string(name)
  string(said)
}
