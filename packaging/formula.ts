import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * Prints the Homebrew formula of a packed version: `node packaging/formula.ts parley-proxy-0.1.0.tgz > parley.rb`. The
 * hash is that of the file, so a formula is made when there is one, and stands in no checkout.
 */

interface Manifest {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
}

export const manifest = (): Manifest =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))

/** The formula for a file that npm's registry has. Throws where the file is of another version than this checkout. */
export function formula({ name, version, description, license }: Manifest, path: string): string {
  const file = `${name}-${version}.tgz`
  if (basename(path) !== file) throw new Error(`this checkout makes ${file}, not ${basename(path)}`)
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
  return `class Parley < Formula
  desc ${ruby(short(description))}
  homepage ${ruby(`https://www.npmjs.com/package/${name}`)}
  url ${ruby(`https://registry.npmjs.org/${name}/-/${file}`)}
  sha256 "${sha256}"
  license ${ruby(license)}

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    man1.install_symlink libexec.glob("share/man/man1/*")
    generate_completions_from_executable(bin/"parley", "completion")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/parley --version")
    assert_match "CLIENT", shell_output("#{bin}/parley demo --no-tui")
  end
end
`
}

const longest = 80 // characters that brew audit allows in desc

/** The description up to where it may be cut: brew audit wants it short, without an article or a stop. */
const short = (text: string): string => {
  const [first = ''] = text.split(/,| of every /)
  return first.slice(0, longest)
}

const ruby = (text: string): string => JSON.stringify(text).replaceAll('#', '\\#')

if (import.meta.main) {
  const [path] = process.argv.slice(2)
  if (path === undefined) throw new Error('name the packed file: npm pack')
  process.stdout.write(formula(manifest(), path))
}
