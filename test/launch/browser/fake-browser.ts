import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Start } from '../../../src/launch/browser/family.ts'
import type { FoundBrowser } from '../../../src/launch/browser/find-browser.ts'
import { Journal } from '../../../src/launch/journal.ts'

/** A folder that goes with the test. */
export function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const journalIn = (folder: string): Journal => new Journal(join(folder, 'data', 'touched.json'))

/** A program of that name which runs this JavaScript. Its path. */
export function fakeProgram(folder: string, name: string, code: string): string {
  const [script, path] = [join(folder, `${name}.mjs`), join(folder, name)]
  writeFileSync(script, code)
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, { mode: 0o755 })
  return path
}

/** A Chromium that writes its arguments and variables to `started` and stays, as far as `code` lets it. */
export function fakeChromium(folder: string, code = ''): FoundBrowser & { readonly started: string } {
  const started = join(folder, 'started')
  const told = `JSON.stringify({ pid: process.pid, words: process.argv.slice(2), environment: process.env })`
  const command = fakeProgram(
    folder,
    'chromium',
    `import fs from 'node:fs'\n${code}\nfs.writeFileSync('${started}.new', ${told})\nfs.renameSync('${started}.new', '${started}')\nsetInterval(() => {}, 1000)\n`,
  )
  return { name: 'chromium', title: 'Chromium', family: 'chromium', command, started }
}

export interface Started {
  readonly pid: number
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** What the fake browser was started with, once it runs. */
export async function startedWith(path: string): Promise<Started> {
  for (let i = 0; i < 1000 && !existsSync(path); i++) await sleep(20)
  return JSON.parse(readFileSync(path, 'utf8')) as Started
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A start in `folder`, with a profile that is there. */
export function startIn(folder: string, more: Partial<Start> = {}): Start {
  const profile = join(folder, 'profile')
  mkdirSync(profile, { recursive: true })
  return {
    browser: { name: 'chromium', title: 'Chromium', family: 'chromium', command: 'chromium' },
    folder,
    profile,
    proxy: { host: '127.0.0.1', port: 8080 },
    root: { certificatePath: join(folder, 'ca.pem'), certificatePem: pem, spkiSha256: 'c3BraQ==' },
    environment: process.env,
    platform: 'linux',
    home: folder,
    privileged: false,
    ...more,
  }
}

const pem = '-----BEGIN CERTIFICATE-----\nAAEC\nAwQF\n-----END CERTIFICATE-----\n'
