/** The rules that a reader of `wire` can find broken, besides what observers find; src/problem/catalogue says each in words. */
export type FaultCode =
  | `http1/${'bad-chunk-extension' | 'bad-field-name' | 'bad-reason'}`
  | `http1/${'bad-chunk-end' | 'bad-chunk-size' | 'bad-request-line' | 'bad-target' | 'bare-cr' | 'bare-lf'}`
  | `http1/${'bare-lf-in-chunk' | 'bytes-after-close' | 'chunk-too-large' | 'duplicate-content-length' | 'duplicate-host' | 'early-upgrade'}`
  | `http1/${'gap' | 'head-too-large' | 'held-too-much' | 'incomplete-message' | 'invalid-content-length'}`
  | `http1/${'missing-host' | 'no-colon' | 'not-http' | 'nul' | 'obs-fold' | 'space-before-colon'}`
  | `http1/${'space-before-first-field' | 'te-chunked-twice' | 'te-empty-element' | 'te-in-http10'}`
  | `http1/${'te-not-final-chunked' | 'te-with-cl'}`
  | 'http2/bad-padding'
  | `websocket/${'bad-control-frame' | 'bad-length' | 'gap' | 'incomplete-frame' | 'reserved-opcode'}`

/** Bytes that break a rule of their protocol. Reading may go on or not; the reader's state says which. */
export interface Fault<Code extends string = FaultCode> {
  readonly code: Code
  /** What these bytes add to the rule, where they do. */
  readonly detail?: string | undefined
}
