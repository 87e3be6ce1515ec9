import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')
const hook = `
  import { appendFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  import { threadName } from 'node:worker_threads'
  registerHooks({
    load(url, context, next) {
      appendFileSync(process.env.LOADED, (threadName || 'main') + ' ' + url + '\\n')
      return next(url, context)
    },
  })`

/** What each thread of the program loads, until it ends or first says something: folders of Parley, packages, Node's modules. */
export async function loadedParts(
  folder: string,
  ...argv: string[]
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const list = join(folder, `loaded-${argv[0]}`)
  const env = { ...process.env, XDG_DATA_HOME: folder, HOME: folder, LOADED: list }
  const imports = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]
  const child = spawn(process.execPath, [...imports, main, ...argv], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr.once('data', () => child.kill())
  await once(child, 'close')
  const parts = new Map<string, Set<string>>()
  for (const line of readFileSync(list, 'utf8').trim().split('\n')) {
    const [thread = '', url = ''] = line.split(' ')
    if (!parts.has(thread)) parts.set(thread, new Set())
    parts.get(thread)!.add(partOf(url))
  }
  return parts
}

const partOf = (url: string): string =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? /\/dist\/(ca|src\/[^/]+)\//.exec(url)?.[1] ?? url
