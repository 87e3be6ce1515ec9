#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'

/** The way in: says what it needs before anything loads that an older Node cannot. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(
    `parley: needs Node 24.15 or newer, this is ${process.version}\nparley: install one from https://nodejs.org, or run it in a checkout with npm start\n`,
  )
  process.exit(1)
}
// Three small heaps gain nothing from four helpers each, and pay a fifth more CPU for them.
setFlagsFromString('--no-parallel-scavenge')
// Buffers of young garbage count: with 16 MB of it a download of gigabytes takes 80 MB more (test/bench/large-body.ts).
setFlagsFromString('--max-semi-space-size=2')
const { run } = await import('./program.ts')
await run(process.argv)
