import type { Import } from '../../import/import-capture.ts'
import type { Changes } from '../../model/changes.ts'

/** What the import thread is started with. */
export type ImportStart = Import

export type ImportSays =
  /** The capture is there, and can be read while it grows. */
  | { readonly type: 'open' }
  | { readonly type: 'changed'; readonly changes: Changes }
  /** Bytes of the files. */
  | { readonly type: 'progress'; readonly read: number; readonly of: number }
  | { readonly type: 'said'; readonly sentence: string }
  | { readonly type: 'failed'; readonly message: string; readonly remedy?: string }
  | { readonly type: 'done' }
