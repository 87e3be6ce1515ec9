import { constants } from 'node:os'
import type { Command } from 'commander'
import type { Origins } from '../../peers/origins.ts'
import { note } from '../fail.ts'
import { holdKeys } from '../hold-keys.ts'
import { json } from '../json-option.ts'
import { showListen } from '../option-values.ts'
import { addOptions, besideProxy, opensScreen, type ProxyFlags, type ScreenFlags, screenOptions } from '../options.ts'
import type { Run } from '../run.ts'
import { print } from '../stdout.ts'

type DemoFlags = ProxyFlags & ScreenFlags & { readonly json?: boolean }

/** `parley demo`: origins of every kind on loopback, visited by a client through the proxy. Needs no internet. */
export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description('visit embedded servers of every kind and show both handshakes of each; needs no internet')
  const tui = { ...screenOptions.tui, says: 'print the connections instead of opening the screen, then exit' }
  addOptions(command, { ...screenOptions, tui, json, ...besideProxy }).action(async (flags: DemoFlags) => {
    const { endSignal, startRun } = await import('../running.ts')
    const { runOptions } = await import('../run-options.ts')
    const { startOrigins } = await import('../../peers/origins.ts')
    const { demoScript } = await import('../../peers/demo-script.ts')
    const { openAuthority } = await import('../../../ca/index.ts')
    const asked = endSignal() // before there is anything to save
    const onScreen = !flags.json && opensScreen(flags)
    const handOver = onScreen ? holdKeys() : undefined
    const origins = await startOrigins()
    const options = runOptions(flags, { hosts: new Map([...origins.addresses, ...flags.resolve]) }, 'trace')
    const run = await startRun({ ...options, upstreamRoots: [...options.upstreamRoots, origins.caPem] }).catch(
      async error => {
        await origins.close() // they would keep the program alive
        throw error
      },
    )
    const { certificatePem } = await openAuthority(flags.caDir)
    const visiting = visitAll(run, origins, certificatePem, onScreen ? 150 : 0)
    if (onScreen) await (await import('../screen.ts')).runScreen(run, { ...flags, handOver }, asked)
    const signal = onScreen ? undefined : await Promise.race([asked, visiting])
    await run.close()
    await origins.close()
    if (signal) process.exit(128 + constants.signals[signal])
    if (!onScreen) {
      await printAll(run.capturePath, flags.json === true)
      note(`made ${demoScript.length} visits through ${showListen(run)}; in a terminal the demo opens the screen`)
    }
    await new Promise(resolve => process.stdout.write('', resolve)) // a pipe that is read slowly still waits for its rest
    process.exit(0) // the client of a visit that was cut short may still wait
  })
}

async function printAll(capturePath: string, asJson: boolean): Promise<void> {
  const { openCapture } = await import('../../store/capture.ts')
  const { printConnection, terminalStyle } = await import('../print-connection.ts')
  const capture = openCapture(capturePath)
  for (const connection of capture.connections({ limit: 1000 })) {
    await printConnection(capture, connection, { json: asJson, style: terminalStyle() })
    if (!asJson) print('\n')
  }
  capture.close()
}

async function visitAll(proxy: Run, origins: Origins, ca: string, pauseMs: number): Promise<undefined> {
  const { demoScript } = await import('../../peers/demo-script.ts')
  const { makeVisit } = await import('../../peers/demo-visit.ts')
  for (const visit of demoScript) {
    await makeVisit(visit, origins, { proxy, ca, timeout: 10_000 })
    if (pauseMs > 0) await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
}
