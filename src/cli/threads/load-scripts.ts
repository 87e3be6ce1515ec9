import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { pathToFileURL } from 'node:url'
import { placeIn, whatOf } from '../../problem/from-script.ts'
import { isHostPattern } from '../../proxy/host-pattern.ts'
import type { Plugin, Script } from '../../proxy/script/script.ts'

/** A script that cannot be used: where, why, and what to do. */
export class ScriptError extends Error {
  readonly code = 'script/failed'
  readonly remedy = 'Correct the script, or start without it.'
  constructor(file: string, thrown: unknown, place = placeIn(file, thrown)) {
    super(`--mitm-script ${place}: ${typeof thrown === 'string' ? thrown : whatOf(thrown)}`)
  }
}

/** The modules of --mitm-script, each of which may take `patience` ms. Rejects with a ScriptError. */
export async function loadScripts(files: readonly string[], patience: number): Promise<readonly Script[]> {
  const scripts: Script[] = []
  for (const file of files) {
    const late = Promise.withResolvers<never>()
    const error = new ScriptError(file, `it was not loaded in ${patience / 1000} s; does it wait for something?`)
    const timer = setTimeout(() => late.reject(error), patience)
    scripts.push(await Promise.race([loadScript(file), late.promise]).finally(() => clearTimeout(timer)))
  }
  return scripts
}

async function loadScript(file: string): Promise<Script> {
  const module = await import(pathToFileURL(file).href).catch(error => {
    throw new ScriptError(file, error, error instanceof SyntaxError ? placeOfSyntax(file, error) : undefined)
  })
  const { default: plugin, hosts } = module as { readonly default?: unknown; readonly hosts?: unknown }
  if (!isPlugin(plugin))
    throw new ScriptError(file, 'its default export is neither a function nor an object with onRequest and the like')
  if (hosts === undefined) return { file, plugin }
  if (!isHosts(hosts)) throw new ScriptError(file, "its `hosts` are no list of HOST or *.DOMAIN, as ['*.example.com']")
  return { file, plugin, hosts }
}

const isPlugin = (value: unknown): value is Plugin =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && Object.keys(value).some(name => /^on[A-Z]/.test(name)))

const isHosts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(host => typeof host === 'string' && isHostPattern(host))

/** Node does not say in which line a module has an error of syntax; its reader of TypeScript does. */
function placeOfSyntax(file: string, error: unknown): string {
  const place = placeIn(file, error)
  if (place !== file) return place
  try {
    stripTypeScriptTypes(readFileSync(file, 'utf8'), { sourceUrl: file })
    return file
  } catch (found) {
    return placeIn(file, found)
  }
}

/** What a person is told of an error at start: of a script that threw while it hung itself in, where. */
export function startError(error: unknown): unknown {
  const { file, cause } = error as { readonly file?: string; readonly cause?: unknown }
  return file === undefined ? error : new ScriptError(file, cause)
}

/** What a person is told of an error that nobody caught. */
export function troubleOf(error: Error, scripts: readonly string[]): string {
  const file = scripts.find(script => placeIn(script, error) !== script)
  if (file === undefined) return `a bug in Parley may have cost one connection: ${error.message}`
  return `--mitm-script ${placeIn(file, error)}: ${whatOf(error)}, which nobody caught; the traffic goes on`
}
