import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { java } from '../../../src/view/copy/java.ts'
import { lacking } from '../../lacking.ts'
import { exchangeOf, hostile, noBody } from './make.ts'

test('hostile strings come through exactly', { skip: lacking('java') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-java-'))
  const texts = [...hostile, '\\u0022); System.exit(1); //', '\\\\u0022']
  try {
    const parts = texts.map((text, i) =>
      java.part(
        exchangeOf({ head: { method: `P${text}` }, headers: [['X', text]] }),
        Buffer.from(`b${text}`, 'latin1'),
        i + 1,
      ),
    )
    // the program with a send that prints what it was given
    const main = `import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
public class Main {
${parts.join('')}
  public static void main(String[] arguments) throws Exception {
${texts.map((_, i) => `request${i + 1}();`).join('')}
  }
  static void send(HttpClient.Version version, String method, String url, byte[] body, String... headers) {
    for (String text : new String[] { method, headers[1], new String(body, StandardCharsets.ISO_8859_1) }) {
      for (char c : text.toCharArray()) System.out.printf("%02x", (int) c);
      System.out.print(",");
    }
  }
  static byte[] bytes(String... latin1) { return String.join("", latin1).getBytes(StandardCharsets.ISO_8859_1); }
}`
    const file = join(folder, 'Main.java')
    writeFileSync(file, main)
    const said = execFileSync('java', [file]).toString().split(',').slice(0, -1)
    const read = said.map(hex => Buffer.from(hex, 'hex').toString('latin1'))
    assert.deepEqual(
      read,
      texts.flatMap(text => [`P${text}`, text, `b${text}`]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the program is plain ASCII, and says where a long body must be', () => {
  assert.match(java.copy(exchangeOf({ headers: [['X', '\xff\x1b']] }), Buffer.from('ö')), /^[\x20-\x7e\n]*$/)
  assert.match(java.copy(exchangeOf(), new Uint8Array(70_000)), /file\("request-body\.bin"\) \/\* save 70000 bytes/)
  assert.match(java.copy(exchangeOf(), noBody), /HTTP_1_1, "GET", "https:\/\/a\.test\/p", null\);/)
  assert.match(java.after(2), /request1\(\);\n +request2\(\);/)
})
