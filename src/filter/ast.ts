/** A filter as a tree. */
export type Filter =
  | { readonly type: 'all' }
  | { readonly type: 'not'; readonly of: Filter }
  | { readonly type: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly type: 'flag'; readonly name: FlagName }
  | { readonly type: 'pattern'; readonly name: PatternName; readonly pattern: string }
  | { readonly type: 'range'; readonly name: RangeName; readonly range: Range }

export type FlagName =
  | 'a'
  | 'acted'
  | 'cancelled'
  | 'e'
  | 'http'
  | 'websocket'
  | 'tcp'
  | 'q'
  | 's'
  | 'differs'
  | 'failed'
  | 'marked'

export type PatternName =
  | ('b' | 'bq' | 'bs' | 't' | 'tq' | 'ts' | 'h' | 'hq' | 'hs' | 'd' | 'u' | 'm' | 'src' | 'dst' | 'proto')
  | ('all' | 'comment' | 'process' | 'rule' | 'sni' | 'alpn' | 'tls' | 'cipher' | 'ja4' | 'group')

/** `c` a status code, `conn` the number of a connection, `size` bytes of both bodies, `dur` ms. */
export type RangeName = 'c' | 'conn' | 'size' | 'dur'

export interface Bound {
  readonly value: number
  /** True where the value itself is outside. */
  readonly open: boolean
}

/** At least one bound is there. */
export interface Range {
  readonly from?: Bound
  readonly to?: Bound
}
