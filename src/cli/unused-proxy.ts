const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'] as const
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

interface At {
  readonly host: string
  readonly port: number
}

/**
 * The variable of the environment that names another proxy, which Parley does not use; undefined where there is none, or
 * where Parley itself is meant, as in a shell that is set up for its clients.
 */
export function unusedProxy(environment: Readonly<Record<string, string | undefined>>, listen: At): string | undefined {
  if ((environment.NO_PROXY ?? environment.no_proxy)?.trim() === '*') return undefined
  return variables.find(name => {
    const value = environment[name]?.trim()
    return value !== undefined && value !== '' && !isOwn(value, listen)
  })
}

/** Whether the value of such a variable means Parley itself. */
export function isOwn(value: string, { host, port }: At): boolean {
  const text = value.includes('://') ? value : `http://${value}`
  if (!URL.canParse(text)) return false
  const named = new URL(text)
  return (named.hostname === host || loopback.test(named.hostname)) && Number(named.port || 80) === port
}
