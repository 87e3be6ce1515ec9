/** The report that `export --as html` writes, in a real browser: it opens, it filters, and nothing of others runs in it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ChromiumPage } from './support/chromium-page.ts'
import { Installed } from './support/parley.ts'
import { run } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { scripts, writeManyFlows, writeScriptCapture } from './support/report-captures.ts'

const open = "document.getElementById('report').hasAttribute('data-open')"
const unfold = "document.querySelectorAll('details').forEach(each => { each.open = true })"
const fits = 'document.documentElement.scrollWidth <= innerWidth'

/** Writes a report of a capture. Answers its path. */
async function reportOf(t: TestContext, name: string, write: (path: string) => void, ...filter: string[]) {
  const parley = new Installed(t)
  const [capture, report] = [join(parley.folder, name), join(parley.folder, 'report.html')]
  write(capture)
  const { code, stderr } = await parley.run('export', capture, ...filter, '--as', 'html', '-o', report)
  assert.equal(code, 0, stderr)
  return report
}

/** Filters and waits until so many rows are there. */
async function filtered(page: ChromiumPage, filter: string, says: string): Promise<void> {
  const typed = `(() => { const box = document.querySelector('input'); box.value = ${JSON.stringify(filter)};
    box.dispatchEvent(new Event('input')) })()`
  await page.read(typed)
  await page.shows(`document.querySelector('output').textContent === ${JSON.stringify(says)}`)
}

for (const width of [1200, 400])
  e2e(
    `at ${width} pixels no text of a peer runs, and nothing is asked of anybody`,
    { needs: ['chromium'] },
    async t => {
      let flows = 0
      const name = "<img src=x onerror=globalThis.pwned=1>'.parley"
      const report = await reportOf(t, name, path => {
        flows = writeScriptCapture(path)
      })
      const page = await ChromiumPage.open(t, width, 900, [])
      await page.goTo(pathToFileURL(report).href)
      await page.shows(open)
      for (let flow = 1; flow <= flows; flow++) {
        await page.shows(
          `document.querySelector('tr.chosen') !== null && document.querySelector('.connection') !== null`,
        )
        await page.read(unfold)
        assert.equal(await page.read(fits), true, `nothing is wider than the page at flow ${flow}`)
        const before = await page.read("document.querySelector('.detail').textContent")
        await page.read(
          "document.querySelector('.list').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }))",
        )
        if (flow < flows)
          await page.shows(`document.querySelector('.detail').textContent !== ${JSON.stringify(before)}`)
      }
      await filtered(
        page,
        '~all pwned',
        `${2 * scripts.filter(text => text.includes('pwned')).length} of ${flows} flows`,
      )
      assert.equal(await page.read('globalThis.pwned'), undefined)
      assert.equal(
        await page.read("document.querySelectorAll('iframe, base, link, form, a, img, article script').length"),
        0,
      )
      assert.equal(await page.read("performance.getEntriesByType('resource').length"), 0)
      assert.deepEqual(page.complaints, [], 'the policy allows all that the page does')
    },
  )

e2e('10 000 flows open in under two seconds, and every filter finds its own', { needs: ['chromium'] }, async t => {
  const report = await reportOf(t, 'many.parley', path => writeManyFlows(path, 10_000))
  const page = await ChromiumPage.open(t, 1200, 900, [])
  await page.goTo(pathToFileURL(report).href)
  await page.shows(open)
  const took = Number(await page.read("document.getElementById('report').getAttribute('data-open')"))
  assert.ok(took > 0 && took < 2000, `${took} ms`)
  assert.ok(
    Number(await page.read("document.querySelectorAll('tr.row').length")) < 100,
    'the others are not in the page',
  )
  await filtered(page, '~c 404', '200 of 10 000 flows')
  await filtered(page, '~m GET & ~u users/77$', '1 of 10 000 flows')
  await filtered(page, '~b "Somebody 123"', '11 of 10 000 flows')
  await filtered(page, '!~d example', '0 of 10 000 flows')
  await filtered(page, '', '10 000 flows')
  await page.read("document.querySelector('.list').scrollTop = 1e9")
  await page.shows("[...document.querySelectorAll('tr.row .c-id')].at(-1).textContent === '10000'")
})

e2e('of a filter only what fits is in the report', { needs: ['chromium'] }, async t => {
  const report = await reportOf(t, 'some.parley', path => writeManyFlows(path, 200), '~c 404')
  const page = await ChromiumPage.open(t, 1200, 900, [])
  await page.goTo(pathToFileURL(report).href)
  await page.shows(open)
  assert.equal(await page.read("document.querySelector('output').textContent"), '4 flows')
  assert.match(String(await page.read("document.getElementById('about').textContent")), /some of 200 flows$/)
})

e2e('the page is valid HTML', { needs: ['tidy'] }, async t => {
  const report = await reportOf(t, 'few.parley', path => writeManyFlows(path, 20))
  assert.match(readFileSync(report, 'latin1'), /^<!DOCTYPE html>/)
  const { stdout, stderr } = await run('tidy', ['-errors', '-quiet', '--show-info', 'no', report])
  assert.equal(stdout + stderr, '')
})
