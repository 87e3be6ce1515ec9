/** A response that is the same every time. */
export interface Page {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const users = ['Ada', 'Grace', 'Katherine', 'Radia'].map((name, id) => ({ id, name, active: id % 2 === 0 }))

export const usersJson = JSON.stringify({ page: 1, users }, undefined, 2)
export const poem = 'Neither side hears the other, and each is told the truth.\n'.repeat(64)

/** 32 by 32 pixels, blue on the left and orange on the right. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAMklEQVR42mNQSz5JPPoPBq8bpYlHDKMWjFowasGoBaMWjFowasGoBaMW' +
    'jFowasFQsQAAxXIWezIKxP4AAAAASUVORK5CYII=',
  'base64',
)

const html = `<!doctype html>
<html lang="en"><title>An origin of the Parley demo</title>
<h1>You reached an embedded origin</h1>
<p><img src="/image" alt="two halves"> <a href="/json">JSON</a> <a href="/gzip">gzip</a> <a href="/br">br</a></p>
</html>
`

async function compressed(format: 'gzip' | 'brotli', text: string): Promise<Buffer> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(format))
  return Buffer.from(await new Response(stream).arrayBuffer())
}

function page(status: number, type: string, body: string | Uint8Array, more: Record<string, string> = {}): Page {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return { status, headers: { 'content-type': type, 'content-length': String(bytes.length), ...more }, body: bytes }
}

/** The fixed pages of every origin, by path. */
export async function makePages(): Promise<ReadonlyMap<string, Page>> {
  const [gzip, br] = await Promise.all([compressed('gzip', usersJson), compressed('brotli', poem)])
  return new Map([
    ['/', page(200, 'text/html; charset=utf-8', html)],
    ['/json', page(200, 'application/json', usersJson, { 'cache-control': 'max-age=60', etag: '"users-1"' })],
    ['/gzip', page(200, 'application/json', gzip, { 'content-encoding': 'gzip', vary: 'accept-encoding' })],
    ['/br', page(200, 'text/plain; charset=utf-8', br, { 'content-encoding': 'br', vary: 'accept-encoding' })],
    ['/image', page(200, 'image/png', picture)],
    ['/large', page(200, 'application/octet-stream', Buffer.alloc(256 * 1024, 'parley! '))],
    ['/moved', page(302, 'text/plain', 'The page is at /json.\n', { location: '/json' })],
    ['/missing', page(404, 'application/problem+json', '{"title":"Not Found","status":404}')],
    ['/broken', page(500, 'application/problem+json', '{"title":"Internal Server Error","status":500}')],
  ])
}
