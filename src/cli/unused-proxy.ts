const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'] as const
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/**
 * The variable of the environment that names another proxy, which Parley does not use; undefined where there is none, or
 * where Parley itself is meant, as in a shell that is set up for its clients.
 */
export function unusedProxy(
  environment: Readonly<Record<string, string | undefined>>,
  { host, port }: { readonly host: string; readonly port: number },
): string | undefined {
  if ((environment.NO_PROXY ?? environment.no_proxy)?.trim() === '*') return undefined
  return variables.find(name => {
    const value = environment[name]?.trim()
    if (!value) return false
    const text = value.includes('://') ? value : `http://${value}`
    if (!URL.canParse(text)) return true
    const named = new URL(text)
    const isOwn = named.hostname === host || loopback.test(named.hostname)
    return !isOwn || Number(named.port || 80) !== port
  })
}
