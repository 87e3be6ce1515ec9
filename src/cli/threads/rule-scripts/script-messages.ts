import type { ScriptHook } from '../../../rules/world.ts'

/** What a script's thread begins with. */
export interface ScriptStart {
  /** Whole path. */
  readonly file: string
}

export interface ToScript {
  readonly id: number
  readonly hook: ScriptHook
  readonly message: object
}

export type FromScript =
  | { readonly type: 'loaded' }
  | { readonly type: 'unloadable'; readonly why: string }
  | { readonly type: 'started'; readonly id: number }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | { readonly type: 'threw'; readonly id: number; readonly why: string }
