import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** The public schemas, by their names: what a reader outside takes, and the same for a judge that knows every member. */

export const schemaFolder = join(import.meta.dirname, '../../../src/view/json')

export const schemaNames: readonly string[] = readdirSync(schemaFolder)
  .filter(name => name.endsWith('.schema.json'))
  .map(name => name.replace('.schema.json', ''))

type Schema = Readonly<Record<string, unknown>>

export const schemaNamed = (name: string): Schema =>
  JSON.parse(readFileSync(join(schemaFolder, `${name}.schema.json`), 'utf8'))

/** The schema with no member allowed that it does not describe. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in inner && 'type' in inner ? { ...inner, additionalProperties: false } : inner
}

function compiled(change: (schema: unknown) => unknown): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true })
  ;(addFormats as unknown as (of: Ajv2020) => void)(ajv)
  for (const name of schemaNames) ajv.addSchema(change(schemaNamed(name)) as object)
  return ajv
}

export const [asPublished, asClosed] = [compiled(schema => schema), compiled(closed)]

/** Fails unless the value is as the schema says, and has no member that the schema does not describe. */
export function assertFits(name: string, value: unknown): void {
  for (const ajv of [asPublished, asClosed]) {
    const fits = ajv.validate(`${name}.schema.json`, value)
    const said = ajv.errorsText(ajv.errors, { separator: '\n' })
    assert.ok(fits, `${name}: ${said}\n${JSON.stringify(value).slice(0, 2000)}`)
  }
}

/** Each line of a text as JSON. */
export const linesOf = (text: string): readonly Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))

/** Each member of a schema on a line of its own: where it stands, of which type, whether it is always there. */
export function membersOf(name: string): readonly string[] {
  const lines: string[] = []
  const visit = (schema: unknown, at: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const {
      type,
      enum: values,
      const: value,
      $ref,
      required = [],
    } = schema as Schema & { required?: readonly string[] }
    const kind = $ref ?? type ?? (values ? `one of ${JSON.stringify(values)}` : undefined)
    if (kind !== undefined || value !== undefined) lines.push(`${at}: ${kind ?? JSON.stringify(value)}`)
    for (const [key, inner] of Object.entries(schema)) {
      if (key === 'properties')
        for (const [member, each] of Object.entries(inner))
          visit(each, `${at}.${member}${required.includes(member) ? '' : '?'}`)
      else if (key === 'items') visit(inner, `${at}[]`)
      else if (key === '$defs') for (const [each, def] of Object.entries(inner)) visit(def, `${name}#${each}`)
      else if (key === 'oneOf' || key === 'anyOf')
        for (const each of inner as unknown[]) visit(each, `${at}${formOf(each)}`)
    }
  }
  visit(schemaNamed(name), name)
  return lines
}

/** Tells the forms of a value apart by the member that does. */
function formOf(schema: unknown): string {
  const { properties = {}, $ref, type } = schema as Schema & { properties?: Readonly<Record<string, Schema>> }
  const word = properties.event ?? properties.kind
  const own = Object.keys(properties).find(name => name !== 'version')
  return word ? `<${JSON.stringify(word.enum ?? word.const)}>` : `<${own ?? $ref ?? type}>`
}
