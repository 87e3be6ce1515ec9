const longest = 2000

const password = /((?:^|[\s=]|:\/\/|^-x)[^/@\s:=]*:)[^/@\s]+@/g // curl needs no scheme before it
const asksPassword = /^(?:-U|--proxy-user)$/ // of curl
const withPassword = /(^|\s)(-U|--proxy-user)[\s=]?\S+/g // where the arguments come in one

/**
 * Arguments as one line for eyes: line breaks and runs of blanks become one blank, and a long one is cut. A password in a
 * URL, or that curl gives to its proxy, is not shown: it would stand in every capture.
 */
export function commandLine(words: readonly string[]): string {
  const shown = words.map((word, i) =>
    asksPassword.test(words[i - 1] ?? '') ? '***' : word.replace(password, '$1***@').replace(withPassword, '$1$2 ***'),
  )
  const line = shown.join(' ').replace(/\s+/g, ' ').trim()
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`
}
