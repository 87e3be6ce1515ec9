import { headerValue, readContentType } from '../../formats/content-type.ts'
import { jsonEditing } from '../../formats/json-edit.ts'
import { type JsonStep, readJsonPath } from '../../formats/json-path.ts'
import type { Arguments } from '../arguments.ts'
import type { WithBody } from '../body/edit-body.ts'
import type { ActionKind } from './action.ts'
import { bodyUsage, editingAction, readBodyArguments } from './body-step.ts'

export const setJson: ActionKind = {
  name: 'set-json',
  usage: `${bodyUsage} PATH VALUE`,
  says: 'put a value where a path leads in a JSON body ($.a[0].b, $..name, [*]); what is no JSON is put as a string',
  example: '~u /api/user => set-json response $.user.admin true',
  read(args) {
    const body = readBodyArguments(args)
    const written = args.word('a path, such as $.user.name')
    const path = pathOf(args, written)
    const value = jsonOf(args.word('a value in JSON, or a text'))
    return editingAction(
      `set ${written} of the ${body.of}`,
      body,
      text => inTurns(jsonEditing(text, path, value)),
      mayBeJson,
    )
  },
}

export const removeJson: ActionKind = {
  name: 'remove-json',
  usage: `${bodyUsage} PATH`,
  says: 'take out of a JSON body what a path leads to ($.a[0].b, $..name, [*])',
  example: '~u /api => remove-json response $..debug',
  read(args) {
    const body = readBodyArguments(args)
    const written = args.word('a path, such as $.user.name')
    const path = pathOf(args, written)
    return editingAction(
      `remove ${written} of the ${body.of}`,
      body,
      text => inTurns(jsonEditing(text, path, undefined)),
      mayBeJson,
    )
  },
}

/** At once where one turn is enough; else all else of the engine has its turns between. */
function inTurns(editing: Generator<undefined, string>): string | Promise<string> {
  const first = editing.next()
  return first.done ? first.value : goOn(editing)
}

async function goOn(editing: Generator<undefined, string>): Promise<string> {
  for (;;) {
    await new Promise(resolve => setImmediate(resolve))
    const { done, value } = editing.next()
    if (done) return value
  }
}

function pathOf(args: Arguments, written: string): readonly JsonStep[] {
  try {
    return readJsonPath(written)
  } catch (error) {
    return args.refuse(`a path, such as $.user.name (${(error as Error).message})`)
  }
}

/** JSON as it is written, its numbers too; any other text as a string. */
function jsonOf(value: string): string {
  try {
    JSON.parse(value)
    return value.trim()
  } catch {
    return JSON.stringify(value)
  }
}

const plain = new Set(['', 'text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded'])

/** Pages and images that a filter matches besides are not meant. */
function mayBeJson({ headers }: WithBody['head']): boolean {
  const { mediaType } = readContentType(headerValue(headers, 'content-type'))
  return plain.has(mediaType) || mediaType.includes('json')
}
