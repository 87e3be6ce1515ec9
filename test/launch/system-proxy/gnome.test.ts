import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gnome } from '../../../src/launch/system-proxy/gnome.ts'
import { fakePrograms, gsettings } from './fake-programs.ts'

const schema = 'org.gnome.system.proxy'

test('it is here where the session is of its kin and gsettings is on PATH', t => {
  const isHere = (desktop: string, platform: NodeJS.Platform = 'linux', scripts = { gsettings: '' }) =>
    gnome(fakePrograms(t, scripts, { desktop, platform }).surroundings).isHere()
  assert.ok(['GNOME', 'ubuntu:GNOME', 'X-Cinnamon', 'Unity', 'MATE'].every(name => isHere(name)))
  assert.ok(!['', 'KDE', 'sway'].some(name => isHere(name)))
  assert.ok(!isHere('GNOME', 'darwin'))
  assert.ok(!isHere('GNOME', 'linux', {} as never))
})

test('both schemes and every host go through the address, and the mode comes last', t => {
  const { surroundings } = fakePrograms(t, { gsettings })
  const desktop = gnome(surroundings)
  assert.equal(desktop.describe(desktop.read()), 'none')
  const ours = desktop.through({ host: '::1', port: 9 }, desktop.read())
  assert.equal(Object.keys(ours).at(-1), `${schema} mode`)
  for (const [name, value] of Object.entries(ours)) desktop.write(name, value)
  const now = desktop.read()
  for (const [name, value] of Object.entries(ours)) assert.equal(now[name], value, name)
  assert.equal(desktop.describe(now), '[::1]:9')
})

test('a default is not written down as a choice', t => {
  const { surroundings, calls } = fakePrograms(t, { gsettings })
  const desktop = gnome(surroundings)
  desktop.write(`${schema} mode`, "'none'")
  assert.deepEqual(calls(), [`gsettings <reset> <${schema}> <mode>`, `gsettings <get> <${schema}> <mode>`])
  desktop.write(`${schema} mode`, "'manual'")
  assert.equal(calls().at(-1), `gsettings <set> <${schema}> <mode> <'manual'>`)
})

test('a PAC file is named', t => {
  const desktop = gnome(fakePrograms(t, { gsettings }).surroundings)
  desktop.write(`${schema} mode`, "'auto'")
  desktop.write(`${schema} autoconfig-url`, "'http://wpad/a.pac'")
  assert.equal(desktop.describe(desktop.read()), 'PAC http://wpad/a.pac')
})

test('what gsettings says when it fails is told', t => {
  const script = 'echo "No such schema “org.gnome.system.proxy”" >&2; exit 1'
  const desktop = gnome(fakePrograms(t, { gsettings: script }).surroundings)
  assert.throws(() => desktop.read(), /gsettings get: No such schema/)
})
