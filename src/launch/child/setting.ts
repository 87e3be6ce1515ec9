/** How a child reaches the proxy and whom it trusts. */
export interface ChildSetting {
  /** The proxy, as an address that can be dialled. */
  readonly host: string
  readonly port: number
  /** `USER:PASS` where the proxy asks for them. */
  readonly credentials?: string | undefined
  /** Hosts that the child reaches by itself: HOST or *.DOMAIN. */
  readonly except: readonly string[]
  readonly files: ChildFiles
}

/** What lies on disk for children, by path. */
export interface ChildFiles {
  /** Everybody's roots and Parley's, in PEM: most variables that name such a file replace what a program trusts. */
  readonly roots: string
  /** The same as PKCS#12, without a password. */
  readonly trustStore: string
  /** What an older Node loads first. */
  readonly nodeHook: string
  readonly wgetrc: string
  /** A folder with an ini file. */
  readonly php: string
}
