export interface CharsetFacts {
  readonly bytes: Uint8Array
  /** That of the Content-Type. */
  readonly charset?: string | undefined
}

/** The charset that a body names itself, or its Content-Type; undefined where neither names one that is known. */
export function charsetOf({ bytes, charset }: CharsetFacts): string | undefined {
  const label = markOf(bytes) ?? (known(charset) ? charset : undefined) ?? declared(bytes)
  return known(label) ? label : undefined
}

function known(label: string | undefined): label is string {
  try {
    return label !== undefined && Boolean(new TextDecoder(label))
  } catch {
    return false
  }
}

function markOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined
}

/** HTML's `<meta charset>` in the first 1024 bytes, XML's `encoding` in its declaration. */
function declared(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  const label =
    /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1] ??
    /<meta\b[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1]
  // A declaration that could be read as ASCII cannot be in UTF-16.
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label
}
