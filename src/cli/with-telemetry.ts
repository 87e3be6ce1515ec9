import { openCapture } from '../store/capture.ts'
import { openCollector } from '../telemetry/collector.ts'
import { tellRun } from '../telemetry/tell-run.ts'
import { note } from './fail.ts'
import type { Run } from './run.ts'

const patience = 5000 // ms at the end

/** Tells every flow of the run to the collector at this URL, until it is closed. That the collector fails is said once. */
export function withTelemetry(run: Run, url: string): Run {
  let failed = false
  const say = (text: string): void => {
    run.log(text)
    note(text)
  }
  const onFailure = (why: string): void => {
    if (!failed) say(`--otlp ${url}: the collector does not take what it is sent: ${why}`)
    failed = true
  }
  const told = tellRun(run, openCapture(run.capturePath), openCollector({ url, onFailure }))
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await run.close() // what ends with it is told as well
    const missed = await told.close(patience)
    if (missed > 0) note(`--otlp ${url}: ${missed} flows were not told, because it took too long`)
  }
  return {
    ...run,
    get ruleHits() {
      return run.ruleHits
    },
    close: () => (closing ??= close()),
  }
}
