import assert from 'node:assert/strict'
import { test } from 'node:test'
import { windows } from '../../../src/launch/system-proxy/windows.ts'
import { fakePrograms, reg } from './fake-programs.ts'

const key = String.raw`<HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings>`
const address = { host: '127.0.0.1', port: 8080 }

test('values go into the registry with their types, and come back', t => {
  const { surroundings, calls } = fakePrograms(t, { 'reg.exe': reg }, { platform: 'win32' })
  const desktop = windows(surroundings)
  assert.ok(desktop.isHere())
  desktop.write('ProxyEnable', 'REG_DWORD 0x0')
  desktop.write('ProxyOverride', 'REG_SZ *.corp.example;a b;<local>')
  desktop.write('AutoConfigURL', 'REG_SZ http://wpad/a.pac')
  const before = desktop.read()
  assert.equal(desktop.describe(before), 'PAC http://wpad/a.pac')
  const ours = desktop.through(address, before)
  calls()
  for (const [name, value] of Object.entries(ours)) if (before[name] !== value) desktop.write(name, value)
  assert.deepEqual(calls(), [
    `reg.exe <delete> ${key} </v> <AutoConfigURL> </f>`,
    `reg.exe <add> ${key} </v> <ProxyServer> </t> <REG_SZ> </d> <http=127.0.0.1:8080;https=127.0.0.1:8080> </f>`,
    `reg.exe <add> ${key} </v> <ProxyOverride> </t> <REG_SZ> </d> <<-loopback>> </f>`,
    `reg.exe <add> ${key} </v> <ProxyEnable> </t> <REG_DWORD> </d> <0x1> </f>`,
  ])
  assert.deepEqual(desktop.read(), ours)
  assert.equal(desktop.describe(ours), '127.0.0.1:8080')
  for (const name of Object.keys(ours)) desktop.write(name, before[name] ?? null)
  assert.deepEqual(desktop.read(), before)
})

test('an empty value is one that is set', t => {
  const desktop = windows(fakePrograms(t, { 'reg.exe': reg }).surroundings)
  desktop.write('ProxyServer', 'REG_SZ ')
  assert.deepEqual(desktop.read(), {
    ...{ AutoConfigURL: null, ProxyServer: 'REG_SZ ', ProxyOverride: null, ProxyEnable: null },
  })
  assert.equal(desktop.describe(desktop.read()), 'none')
})

test('WinINET is told with both options', t => {
  const { surroundings, calls } = fakePrograms(t, { 'powershell.exe': '' })
  windows(surroundings).announce?.()
  const [call = ''] = calls()
  assert.match(call, /^powershell\.exe <-NoProfile> <-NonInteractive> <-Command> </)
  for (const option of [39, 37])
    assert.ok(call.includes(`InternetSetOption([IntPtr]::Zero, ${option}, [IntPtr]::Zero, 0)`))
})
