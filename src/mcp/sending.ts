import type { Capture } from '../store/capture.ts'

/** A request that is to be sent. */
export interface SentRequest {
  readonly url: string
  readonly method?: string | undefined
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined
  readonly body?: string | undefined
}

/** A rule in force, and how often it matched. */
export interface RuleNow {
  readonly rule: string
  readonly hits: number
}

/** What an agent may do to traffic where the person allowed it: all of it goes through a proxy of its own, which records. */
export interface Sending {
  /** Sends a request through both legs. The number of its connection in the capture `live`; why there is no whole answer. */
  trace(request: SentRequest): Promise<{ readonly connection?: number; readonly error?: string }>
  /** Sends a recorded request again, and says what is answered otherwise. Rejects with an Error where it cannot be sent. */
  replay(capture: Capture, flow: number, to: string | undefined): Promise<object>
  /** From now on these rules are in force, and no others. Rejects with a RuleError. */
  setRules(rules: readonly string[]): Promise<readonly RuleNow[]>
  /** Where other programs reach the proxy, and the root that they must trust. */
  proxy(): Promise<{ readonly url: string; readonly certificatePath: string; readonly rules: readonly RuleNow[] }>
  /** The capture into which it all goes; absent where nothing was sent yet. */
  readonly capturePath: string | undefined
  close(): Promise<void>
}
