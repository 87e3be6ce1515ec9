import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join, relative } from 'node:path'
import { test } from 'node:test'

/** The rules of the house: who imports whom (the table of src/README.md), who owns which module, how long a file may be. */

const root = join(import.meta.dirname, '..')
const map = readFileSync(join(root, 'src/README.md'), 'utf8')

/** What each folder may import of the others and from outside, by the map. */
const mayImport = new Map(
  [...map.matchAll(/^\| `([\w-]+)` \|([^|]*)\|([^|]*)\|$/gm)].map(([, folder, folders, modules]) => [
    folder!,
    { folders: namesIn(folders!), everything: folders!.includes('everything'), modules: namesIn(modules!) },
  ]),
)

function namesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
}

/** The only file outside `ca` that others see of it. */
const authorityDoor = 'ca/index.ts'

/** Modules that only some files of a folder may import, though the map's row has them. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'node:tls': ['src/proxy/', 'src/peers/', 'src/cli/threads/engine-thread.ts'], // the roots of the engine's process
  chalk: ['src/tui/theme.ts'],
  'node:zlib': [
    'src/export/html/blocks.ts', // what a report carries
    'src/formats/',
    'src/view/frames/websocket-inflate.ts', // permessage-deflate keeps its window over messages
    'src/wire/tls/messages/compressed-certificate.ts',
    'src/import/pieces.ts', // captures that are compressed
    'src/wire/websocket/permessage-deflate.ts', // each message inflated as soon as it is whole
    'src/proxy/relay/acting/websocket/large-message.ts', // one that is too large for that, piece by piece
  ],
  'node:crypto': [
    'src/export/html/document.ts', // names the one script and the one style
    'src/proxy/entrance/access.ts',
    'ca/',
    'src/peers/',
    'src/proxy/dial/service-lookup.ts', // numbers its questions as nobody guesses
    'src/proxy/hello/imitate.ts', // names options of OpenSSL
    'src/proxy/leg/client-certificate.ts', // does the key fit?
    'src/proxy/leg/exact/exact-upstream.ts', // of which kind is the key?
    'src/proxy/leg/exact/identity.ts', // reads certificate and key
    'src/proxy/leg/refusal-alert.ts', // seals one alert
    'src/proxy/leg/resumption.ts', // names and seals tickets
    'src/proxy/own/whole-answer.ts', // tells answers apart
    'src/proxy/site/digest.ts', // names files and the one script that may run
    'src/wire/websocket/write-frame.ts', // masks what a client says
    'src/wire/x509/certificate.ts',
    'src/wire/x509/der-certificate.ts',
    'src/wire/x509/ocsp-signature.ts',
    'src/wire/x509/public-key.ts',
    'src/wire/x509/signature.ts',
    'src/wire/x509/trust-store.ts',
    'src/wire/tls/aead.ts',
    'src/wire/tls/checks/signature.ts',
    'src/wire/tls/client/',
    'src/wire/tls/fingerprint.ts',
    'src/wire/tls/prf.ts',
    'src/wire/tls/record-cipher.ts',
    'src/wire/tls/record-sealer.ts',
    'src/wire/tls/ssl3.ts',
  ],
}

/** The floors of `proxy`, from the top: none imports from above. What lies beside these folders is for all of them. */
const proxyFloors: readonly (readonly string[])[] = [
  ['entrance'],
  ['tunnel'],
  ['hello', 'leg', 'dial', 'relay'],
  ['socket'],
]

/** Files past this many lines say here why. */
const longestFile = 300
const longFiles: Readonly<Record<string, string>> = {
  'test/e2e/failures.test.ts': 'every failure of the table beside the peer that provokes it',
  'test/house.test.ts': 'the tables of the house on one page',
  'test/observe/http1/observer.test.ts': 'every shape of an HTTP/1 message beside its transcript',
  'test/observe/http2/observer.test.ts': 'every frame of an HTTP/2 exchange beside its transcript',
}

interface SourceFile {
  /** From the root of the project, with `/`. */
  readonly path: string
  readonly folder: string
  readonly text: string
  /** Modules as they are written, those of types too. */
  readonly imports: readonly string[]
}

const isSource = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')

function list(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && isSource(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

const statement = /^\s*(?:import|export)\s+(?:type\s)?(?:[\w*{][^'"`;=]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(text: string): readonly string[] {
  const code = text.replace(/^.*`.*$/gm, '') // what stands in a template is text for somebody else
  return [...text.matchAll(statement), ...code.matchAll(dynamic)].map(([, module]) => module!)
}

const sources: readonly SourceFile[] = [...list('src'), ...list('ca')].map(path => {
  const text = readFileSync(join(root, path), 'utf8')
  return { path, folder: folderOf(path), text, imports: importsOf(text) }
})
const tests = list('test')

/** Tests of what several files do together. */
const severalFiles =
  /^test\/(e2e|bench|bogo)\/|^test\/(docs|house|packaging|supply-chain|proxy\/(byte-exact|server-first|leg\/exact\/pkits|entrance\/cleartext\/(upgrades|back-pressure)|relay\/acting\/(http1\/(any-rules|model)|http2\/(interleaved|over-sockets)))|store\/agreement|(?:cli|tui|export)\/hostile|problem\/page-and-row|observe\/damaged-conversations|recorder\/(bounded-memory|damaged-conversations|field-blocks|no-tape|one-row)|wire\/http2\/hpack\/nghttp2|wire\/x509\/pkits|wire\/tls\/(dissect-(damage|openssl|partial)|read-tls-client-hello|client\/(openssl|rogue)\/[\w-]+))\.test\.ts$/
const byPath = new Map(sources.map(source => [source.path, source]))

function folderOf(path: string): string {
  const [first, second] = path.split('/')
  return first === 'src' ? second! : first!
}

/** The path that a relative import leads to, or undefined for a module from outside. */
const ownPath = (from: string, module: string): string | undefined =>
  module.startsWith('.') ? relative(root, join(root, from, '..', module)).replaceAll('\\', '/') : undefined

/** The module without what follows its name: `node:fs/promises` is `node:fs`, `react/jsx-runtime` is `react`. */
const moduleName = (module: string): string =>
  module.startsWith('@') ? module.split('/').slice(0, 2).join('/') : module.split('/')[0]!

const report = (problems: readonly string[]): void => assert.deepEqual(problems, [])

function* ownImports(): Generator<{ readonly from: SourceFile; readonly to: string }> {
  for (const from of sources) {
    for (const module of from.imports) {
      const to = ownPath(from.path, module)
      if (to !== undefined) yield { from, to }
    }
  }
}

function* outsideImports(): Generator<{ readonly from: SourceFile; readonly module: string }> {
  for (const from of sources)
    for (const module of from.imports) if (!module.startsWith('.')) yield { from, module: moduleName(module) }
}

test('there are files to judge, and every folder is in the table', () => {
  assert.ok(sources.length > 200 && tests.length > 100, `${sources.length} sources, ${tests.length} tests`)
  report(sources.filter(({ folder }) => !mayImport.has(folder)).map(({ path, folder }) => `${path}: folder ${folder}`))
})

test('the reader of imports sees every way to write one', () => {
  const text = [
    "import a from './a.ts'",
    "import type { B } from './b.ts'",
    'import {',
    '  c,',
    '  type D,',
    "} from './c.ts'",
    "export * from './e.ts'",
    "export type { F } from './f.ts'",
    "import './g.ts'",
    "const h = await import('./h.ts')",
    "export const no = 'from nowhere'",
    "export const text = 'import nothing'",
  ].join('\n')
  assert.deepEqual(importsOf(text), ['./a.ts', './b.ts', './c.ts', './e.ts', './f.ts', './g.ts', './h.ts'])
})

test('every relative import leads to a file of this project', () => {
  report([...ownImports()].filter(({ to }) => !byPath.has(to)).map(({ from, to }) => `${from.path}: no ${to}`))
})

test('a folder imports only the folders that its row allows', () => {
  const problems = [...ownImports()].filter(({ from, to }) => {
    const folder = folderOf(to)
    const row = mayImport.get(from.folder)
    return folder !== from.folder && !row?.everything && !row?.folders.includes(folder)
  })
  report(problems.map(({ from, to }) => `${from.path} may not import ${to}`))
})

test('the authority is entered by its one door, and from cli and library alone', () => {
  const entering = [...ownImports()].filter(({ from, to }) => to.startsWith('ca/') && from.folder !== 'ca')
  const problems = entering.filter(({ from, to }) => to !== authorityDoor || !['cli', 'library'].includes(from.folder))
  report(problems.map(({ from, to }) => `${from.path} may not import ${to}`))
})

test('a module that only some files of a folder may import is imported by these alone', () => {
  const problems = [...outsideImports()].filter(({ from, module }) => {
    return owners[module] !== undefined && !owners[module].some(owner => from.path.startsWith(owner))
  })
  report(problems.map(({ from, module }) => `${from.path} may not import ${module}`))
})

test('a folder imports no outside module that it is not allowed', () => {
  const problems = [...outsideImports()].filter(
    ({ from, module }) => !mayImport.get(from.folder)?.modules.includes(module),
  )
  report(problems.map(({ from, module }) => `${from.path} may not import ${module}`))
})

test('nobody in proxy imports upwards', () => {
  const floorOf = (path: string): number => {
    const part = path.startsWith('src/proxy/') ? path.split('/')[2]! : ''
    return proxyFloors.findIndex(floor => floor.includes(part))
  }
  const problems = [...ownImports()].filter(
    ({ from, to }) => floorOf(to) >= 0 && floorOf(to) < floorOf(from.path) && to !== 'src/proxy/tunnel/problems.ts',
  )
  report(problems.map(({ from, to }) => `${from.path} may not import ${to}`))
})

test('what a screen of tui remembers knows no lines of another screen', () => {
  const screenOf = (path: string): string => path.split('/').slice(0, 3).join('/')
  const problems = [...ownImports()].filter(
    ({ from, to }) =>
      /^src\/tui\/.*state/.test(from.path) && /^src\/tui\/.+\/.*lines/.test(to) && screenOf(from.path) !== screenOf(to),
  )
  report(problems.map(({ from, to }) => `${from.path} may not import ${to}`))
})

test('no files import each other in a circle, not even for a type', () => {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
    if (done.has(path) || trail.includes(path)) return
    for (const module of byPath.get(path)?.imports ?? []) {
      const to = ownPath(path, module)
      if (to !== undefined) visit(to, [...trail, path])
    }
    done.add(path)
  }
  for (const { path } of sources) visit(path, [])
  report(circles)
})

/** Whether anything is left of a file when its types and imports are gone. */
function runs({ path, text }: SourceFile): boolean {
  if (path.endsWith('.tsx')) return true
  const code = stripTypeScriptTypes(text).replace(/\/\*[\s\S]*?\*\//g, '')
  return code.replace(/^\s*(\/\/.*|(import|export)\s[^'"=]*['"][^'"]+['"])\s*;?\s*$/gm, '').trim() !== ''
}

const mirrorsOf = (path: string): readonly string[] => {
  const base = path.replace(/^src\//, '').replace(/\.tsx?$/, '')
  return [`test/${base}.test.ts`, `test/${base}.test.tsx`]
}

test('every source file that runs has its mirror in test', () => {
  const known = new Set(tests)
  const bare = sources.filter(source => runs(source) && !mirrorsOf(source.path).some(path => known.has(path)))
  report(bare.map(({ path }) => `${path} has no ${mirrorsOf(path)[0]}`))
})

test('every test mirrors a source file, unless it is listed as one of several', () => {
  const mirrored = new Set(sources.flatMap(({ path }) => mirrorsOf(path)))
  const single = tests.filter(path => /\.test\.tsx?$/.test(path) && !severalFiles.test(path))
  report(single.filter(path => !mirrored.has(path)).map(path => `${path} mirrors no source file`))
})

test('a file past 300 lines is listed with its reason, and only such a file is', () => {
  const lines = (path: string): number => readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length
  const paths = [...sources.map(({ path }) => path), ...tests]
  const long = paths.filter(path => lines(path) > longestFile)
  report(long.filter(path => !longFiles[path]).map(path => `${path}: ${lines(path)} lines`))
  report(Object.keys(longFiles).filter(path => !long.includes(path) && path !== 'test/house.test.ts'))
})

test('imports inside the project name the file with its ending', () => {
  report([...ownImports()].filter(({ to }) => !isSource(to)).map(({ from, to }) => `${from.path}: ${to}`))
})

test('the map has a line for each folder, and names only folders and files that there are', () => {
  const folders = [...new Set(sources.map(({ folder }) => folder))].sort()
  assert.deepEqual([...mayImport.keys()].sort(), folders)
  report([...folders, 'test'].filter(folder => !map.includes(`\n- \`${folder}/\``)))
  const named = [...map.matchAll(/`((?:[\w-]+\/)+(?:[\w-]+\.\w+)?(?:\.tsx?)?)`/g)].map(([, path]) => path!)
  assert.ok(named.length > 40, `${named.length} paths`)
  report(named.filter(path => !['src', '.', 'test'].some(base => existsSync(join(root, base, path)))))
})
