import type { Environment } from '../open-file.ts'
import type { FoundBrowser } from './find-browser.ts'

/** What one browser is to be started with. */
export interface Start {
  readonly browser: FoundBrowser
  /** Of this start alone, and gone after it. */
  readonly folder: string
  /** In that folder, or lasting. It is there. */
  readonly profile: string
  readonly proxy: { readonly host: string; readonly port: number }
  readonly root: { readonly certificatePath: string; readonly certificatePem: string; readonly spkiSha256: string }
  readonly environment: Environment
  readonly platform: NodeJS.Platform
  /** The person's. */
  readonly home: string
  /** It runs as root. */
  readonly privileged: boolean
}

/** Browsers that are set up alike. */
export interface Family {
  /** Variables that switch something off. */
  readonly environment: Readonly<Record<string, string>>
  /** Writes into the profile what the browser reads when it starts. Rejects with what hinders it. */
  prepare(start: Start): Promise<void>
  /** What stands before the person's own arguments and the URL. */
  arguments(start: Start): readonly string[]
}
