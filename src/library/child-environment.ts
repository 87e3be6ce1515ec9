import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { trustStore } from '../../ca/index.ts'
import { writeChildFiles } from '../launch/child/child-files.ts'
import { childVariables } from '../launch/child/variables.ts'
import { trustedRoots } from '../proxy/leg/roots.ts'

/** What a child's environment has more or otherwise than this process's; writes the files that it names below `folder`. */
export async function childEnvironment(
  folder: string,
  at: { readonly host: string; readonly port: number },
  roots: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const all = trustedRoots(roots)
    .map(pem => pem.trimEnd())
    .join('\n')
  const own = mkdtempSync(join(folder, 'child-'))
  const { env } = process
  const files = writeChildFiles(own, { ...at, roots: all, trustStore: trustStore(all), environment: env })
  return childVariables({ ...at, except: [], files }, env)
}
