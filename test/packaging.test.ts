/** What others install is whole: the packed file, the Dockerfile, the Homebrew formula. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { formula, manifest } from '../packaging/formula.ts'
import { lacking } from './lacking.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pack = JSON.parse(read('package.json'))
const folder = mkdtempSync(join(tmpdir(), 'parley-packaging-'))
after(() => rmSync(folder, { recursive: true, force: true }))

interface Instruction {
  readonly name: string
  readonly rest: string
}

/** Dockerfile reference: an instruction a line, which a backslash continues; comments are whole lines. */
const instructions: readonly Instruction[] = read('Dockerfile')
  .split('\n')
  .filter(line => !/^\s*#/.test(line))
  .join('\n')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? []
    return { name, rest }
  })
const named = (name: string): readonly string[] =>
  instructions.filter(each => each.name === name).map(each => each.rest)

test('the Dockerfile has instructions that there are, and begins with an image', () => {
  const known = new Set('FROM WORKDIR COPY RUN USER ENV VOLUME EXPOSE ENTRYPOINT CMD'.split(' '))
  assert.deepEqual(
    instructions.filter(({ name }) => !known.has(name)),
    [],
  )
  assert.equal(instructions[0]?.name, 'FROM')
  for (const list of [...named('ENTRYPOINT'), ...named('CMD')]) assert.ok(Array.isArray(JSON.parse(list)), list)
})

test('each of its shell commands can be read by a shell', () => {
  for (const command of named('RUN')) {
    const { status, stderr } = spawnSync('sh', ['-n', '-c', command], { encoding: 'utf8' })
    assert.deepEqual([status, stderr], [0, ''], command)
  }
})

test('what it copies is here and is not ignored, and the build finds all that is packed', () => {
  const sources = named('COPY')
    .filter(rest => !rest.startsWith('--from'))
    .flatMap(rest => rest.split(/\s+/).slice(0, -1))
  const kept = new Set(
    read('.dockerignore')
      .split('\n')
      .filter(line => line.startsWith('!'))
      .map(line => line.slice(1)),
  )
  for (const source of sources) assert.ok(existsSync(join(root, source)) && kept.has(source), source)
  const copied = (path: string): boolean => sources.some(source => path === source || path.startsWith(`${source}/`))
  for (const path of [...pack.files, 'package-lock.json', 'tsconfig.build.json', 'LICENSE', 'runtime/package.json'])
    assert.ok(path === 'dist' || copied(path), path) // dist is what it builds
})

test('its Node is one that Parley runs on, and the packed file has the name that it looks for', () => {
  const least = Number(/>=(\d+)/.exec(pack.engines.node)?.[1])
  for (const image of named('FROM')) assert.ok(Number(/^node:(\d+)-/.exec(image)?.[1]) >= least, image)
  assert.ok(named('COPY').some(rest => rest.startsWith(`--from=build /tmp/${pack.name}-*.tgz `)))
})

test('the formula is Ruby that Homebrew may read, of this version and of the very file', {
  skip: lacking('ruby'),
}, () => {
  const file = join(folder, `${pack.name}-${pack.version}.tgz`)
  writeFileSync(file, 'packed')
  const text = formula(manifest(), file)
  const { status, stdout, stderr } = spawnSync('ruby', ['-wc'], { input: text, encoding: 'utf8' })
  assert.deepEqual([status, stdout.trim(), stderr], [0, 'Syntax OK', ''])
  const value = (name: string) => new RegExp(`^  ${name} "(.*)"$`, 'm').exec(text)?.[1]
  assert.equal(value('url'), `https://registry.npmjs.org/parley-proxy/-/parley-proxy-${pack.version}.tgz`)
  assert.equal(value('sha256'), createHash('sha256').update('packed').digest('hex'))
  assert.equal(value('license'), pack.license)
  assert.match(value('desc')!, /^(?!An? |The )[A-Z].{10,79}[^.]$/)
  assert.throws(() => formula(manifest(), join(folder, 'parley-proxy-9.9.9.tgz')), /this checkout makes/)
})

test('the formula does what it says when Ruby runs it with Homebrew’s words', { skip: lacking('ruby') }, () => {
  const file = join(folder, `${pack.name}-${pack.version}.tgz`)
  writeFileSync(file, 'packed')
  writeFileSync(join(folder, 'parley.rb'), formula(manifest(), file))
  const script = `
    class Formula
      def self.method_missing(name, *args, &block)
        (@said ||= []) << [name, *args]
      end
      def self.respond_to_missing?(*) = true
      def self.test(&block) # Kernel has one
        define_method(:test_it, &block)
      end
    end
    require ${JSON.stringify(join(folder, 'parley.rb'))}
    print [Parley.instance_methods(false).sort, Parley.instance_variable_get(:@said).map(&:first)].inspect`
  const { stdout, stderr } = spawnSync('ruby', ['-e', script], { encoding: 'utf8' })
  assert.equal(stdout, '[[:install, :test_it], [:desc, :homepage, :url, :sha256, :license, :depends_on]]', stderr)
})

test('what is to be published is there: types, page of the manual, schemas, and the provenance of it', () => {
  const { stdout, stderr, status } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const parsed = JSON.parse(stdout)
  const [{ files }] = (Array.isArray(parsed) ? parsed : Object.values(parsed)) as [
    { files: readonly { path: string }[] },
  ]
  const paths = new Set(files.map(({ path }) => path))
  for (const path of [
    'LICENSE',
    'README.md',
    'man/parley.1',
    'src/view/json/event.schema.json',
    'src/view/json/schemas.md',
  ])
    assert.ok(paths.has(path), path)
  assert.deepEqual(
    [...paths].filter(path => /^(test|packaging|\.ci)\/|\.tgz$|\.parley$|node_modules/.test(path)),
    [],
  )
  assert.deepEqual(pack.publishConfig, { access: 'public', provenance: true })
})
