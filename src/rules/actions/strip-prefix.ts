/** The path without these first segments, where it has them: `/api` is no prefix of `/apian`. */
export function stripPrefix(path: string, prefix: string): string {
  const bare = prefix.replace(/\/+$/, '')
  if (bare === '' || !path.startsWith(bare) || !/^(?:[/?]|$)/.test(path.slice(bare.length))) return path
  const rest = path.slice(bare.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}
