/** Where a PAC file is: its text, or a URL of http or https. */
export type PacSource = { readonly text: string } | { readonly url: string }

/** Bytes of a PAC file; browsers take as much. */
export const mostPacBytes = 1024 * 1024

/** The text of a PAC file, for which `timeout` ms are waited. Throws an Error that says why there is none. */
export async function loadPac(source: PacSource, timeout: number): Promise<string> {
  if ('text' in source) return source.text
  const response = await fetch(source.url, { signal: AbortSignal.timeout(timeout) }).catch(error => {
    throw new Error(
      `${source.url}: ${String((error as Error & { cause?: Error }).cause?.message ?? (error as Error).message)}`,
    )
  })
  if (!response.ok) throw new Error(`${source.url}: it was answered with ${response.status}`)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > mostPacBytes) throw new Error(`${source.url}: more than ${mostPacBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
