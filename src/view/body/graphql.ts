import { jsonElements, jsonMembers, unescapeJson } from '../../formats/json-members.ts'
import { textOf } from './charset.ts'
import { layOutGraphql } from './graphql-layout.ts'
import { layOutJson } from './json-layout.ts'
import { type BodyLine, Outline } from './outline.ts'
import { queryOf } from './query.ts'
import type { Render } from './renderer.ts'

/** A GraphQL request: the document as text, its variables and extensions as JSON, as written. */
interface Operation {
  readonly query?: string | undefined
  readonly name?: string | undefined
  readonly variables?: string | undefined
  readonly extensions?: string | undefined
}

const mostOperations = 100

/** GraphQL in a JSON body, alone or in a batch, or as application/graphql. */
export const renderGraphql: Render = (input, { maxLines }) => {
  const text = textOf(input)
  const operations = input.mediaType === 'application/graphql' ? [{ query: text }] : operationsOf(text)
  return operations && layOut(operations, maxLines)
}

/** GraphQL in the query string of a GET request; undefined where there is none. */
export function graphqlQueryLines(target: string, maxLines = 1000): readonly BodyLine[] | undefined {
  const query = new URLSearchParams(queryOf(target) ?? '')
  const document = query.get('query')
  if (document === null || !looksGraphql(document)) return undefined
  const optional = (name: string) => query.get(name) ?? undefined
  const operation = {
    query: document,
    name: optional('operationName'),
    variables: optional('variables'),
    extensions: optional('extensions'),
  }
  return layOut([operation], maxLines)
}

const looksGraphql = (text: string): boolean => /^\s*(?:#|\{|(?:query|mutation|subscription|fragment)\b)/.test(text)

function operationsOf(text: string): readonly Operation[] | undefined {
  const objects = /^\s*\[/.test(text.slice(0, 200)) ? jsonElements(text, mostOperations) : [text]
  const operations = objects?.map(operationOf)
  return operations && operations.length > 0 && operations.every(each => each !== undefined) ? operations : undefined
}

function operationOf(text: string): Operation | undefined {
  const members = jsonMembers(text)
  const query = unescapeJson(members?.get('query') ?? '')
  const extensions = members?.get('extensions')
  const persisted = query === undefined && extensions?.includes('persistedQuery')
  if (!members || !(persisted || (query !== undefined && looksGraphql(query)))) return undefined
  return {
    query,
    name: unescapeJson(members.get('operationName') ?? ''),
    variables: members.get('variables'),
    extensions,
  }
}

function layOut(operations: readonly Operation[], maxLines: number): readonly BodyLine[] {
  const outline = new Outline(maxLines)
  for (const [index, { query, name, variables, extensions }] of operations.entries()) {
    const title = [operations.length > 1 && `operation ${index + 1}`, name].filter(Boolean).join(': ')
    if (title !== '') outline.open([{ text: title, tone: 'bold' }], `operation[${index}]`)
    if (query === undefined) outline.line([{ text: 'a persisted query: the document was not sent', tone: 'dim' }])
    else layOutGraphql(query, outline)
    json('variables', variables, outline)
    json('extensions', extensions, outline)
    if (title !== '') outline.close(undefined, '')
  }
  return outline.finish()
}

function json(title: string, text: string | undefined, outline: Outline): void {
  if (text === undefined || text === 'null' || text === '{}') return
  const stop = layOutJson(text, outline, [{ text: `${title} `, tone: 'bold' }])
  if (stop) outline.line(text.slice(stop.at))
}
