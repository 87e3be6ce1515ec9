import type { Arguments } from '../arguments.ts'
import type { Answer } from '../verdict.ts'
import type { Files, FoundFile } from '../world.ts'
import type { ActionKind, RequestDraft, RequestEnd } from './action.ts'
import { answerOf } from './answers.ts'
import { typeOfPath } from './content-type.ts'
import { fileAnswer } from './file-answer.ts'
import { stripPrefix } from './strip-prefix.ts'

export const mapLocal: ActionKind = {
  name: 'map-local',
  usage: 'FILE|FOLDER [strip PREFIX] [or-server]',
  says: 'answer with a file, or with what lies in a folder under the path less PREFIX; what is not there is 404, or the server is asked',
  example: '~d cdn.example => map-local ./dist strip /assets or-server',
  read(args: Arguments) {
    const root = args.path('a file or folder')
    const strip = args.takes('strip') ? args.word('a prefix') : ''
    const orServer = args.takes('or-server')
    return {
      did: `map to ${root}`,
      request: (draft, { files }) => answerFrom(draft, files, root, strip, orServer),
    }
  },
}

async function answerFrom(
  draft: RequestDraft,
  files: Files,
  root: string,
  strip: string,
  orServer: boolean,
): Promise<RequestDraft | RequestEnd> {
  const whole = await files.find(root, [])
  if (whole === undefined) throw Object.assign(new Error(`no ${root}`), { code: 'ENOENT', path: root })
  if (whole !== 'folder') return ended(fileAnswer(draft, whole, typeOfPath(root)))
  const [path = ''] = stripPrefix(draft.head.path, strip).split('?')
  const names = namesOf(path)
  const found = names && (await files.find(root, names))
  if (found === 'folder') return folderAnswer(draft, files, root, names!, path, orServer)
  if (found && !path.endsWith('/')) return ended(fileAnswer(draft, found, typeOfPath(names!.at(-1)!)))
  return missing(draft, orServer)
}

/** Its index, under a path that ends with a slash, so that what the index refers to is found. */
async function folderAnswer(
  draft: RequestDraft,
  files: Files,
  root: string,
  names: readonly string[],
  path: string,
  orServer: boolean,
): Promise<RequestDraft | RequestEnd> {
  const index = await indexOf(files, root, names)
  if (!index) return missing(draft, orServer)
  if (path.endsWith('/') || path === '') return ended(fileAnswer(draft, index, typeOfPath('index.html')))
  const [before = '', query] = draft.sent.path.split(/\?(.*)/s)
  const location = `${before.replace(/^\/{2,}/, '/')}/${query === undefined ? '' : `?${query}`}` // `//host` would be another server
  return ended(answerOf(draft, 301, [['location', location]], new Uint8Array(0)))
}

async function indexOf(files: Files, root: string, names: readonly string[]): Promise<FoundFile | undefined> {
  for (const name of ['index.html', 'index.htm']) {
    const found = await files.find(root, [...names, name])
    if (found && found !== 'folder') return found
  }
  return undefined
}

function missing(draft: RequestDraft, orServer: boolean): RequestDraft | RequestEnd {
  if (orServer) return draft
  const type = ['content-type', 'text/plain; charset=utf-8'] as const
  return ended(answerOf(draft, 404, [type], Buffer.from('Parley: the mapped folder has no such file\n')))
}

const ended = (answer: Answer): RequestEnd => ({ type: 'answer', answer })

/**
 * The names of files that a path leads through; undefined where one of them is none that a folder can have, such as `..`,
 * or holds a separator that was percent-encoded.
 */
export function namesOf(path: string): readonly string[] | undefined {
  const names: string[] = []
  for (const part of path.split('/')) {
    if (part === '') continue
    const name = decoded(part)
    if (name === undefined || name === '.' || name === '..' || /[/\\\0:]/.test(name)) return undefined
    names.push(name)
  }
  return names
}

/** A path is latin1 of its bytes; files have names in UTF-8. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replace(/[\x80-\xff]/g, byte => `%${byte.charCodeAt(0).toString(16)}`))
  } catch {
    return undefined
  }
}
