import { type ProgramFormat, programOf } from './format.ts'
import { mostInlineBytes, sentHeaders } from './request.ts'
import { uriOf } from './uri.ts'

/** A program in Java 11, for `java Main.java`. It writes headers in ASCII alone, and names its client where nobody else does. */
export const java: ProgramFormat = programOf({
  key: 'java',
  name: 'Java (HttpClient)',
  side: 'request',
  before: `import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

public class Main {
`,
  part(exchange, body, number) {
    const { method, version } = exchange.request.head
    const headers = sentHeaders(exchange).map(([name, value]) => `,\n        ${literal(name)}, ${literal(value)}`)
    const http = version === 'HTTP/2' ? 'HTTP_2' : 'HTTP_1_1'
    return `    static void request${number}() throws Exception {
      send(HttpClient.Version.${http}, ${literal(method)}, ${literal(uriOf(exchange))}, ${bodyOf(body)}${headers.join('')});
    }

`
  },
  after: count => `    public static void main(String[] arguments) throws Exception {
      System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection,expect");
${Array.from({ length: count }, (_, i) => `      request${i + 1}();\n`).join('')}    }

    static void send(HttpClient.Version version, String method, String url, byte[] body, String... headers)
        throws IOException, InterruptedException {
      var client = HttpClient.newBuilder().version(version).followRedirects(HttpClient.Redirect.NEVER).build();
      var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
      var request = HttpRequest.newBuilder(URI.create(url)).method(method, publisher);
      for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
      var response = client.send(request.build(), BodyHandlers.ofByteArray());
      System.out.println(response.version() + " " + response.statusCode());
      System.out.write(response.body());
      System.out.flush();
    }

    static byte[] bytes(String... latin1) {
      return String.join("", latin1).getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] file(String name) throws IOException {
      return Files.readAllBytes(Path.of(name));
    }
}
`,
})

/** Octal escapes: those with a u would be read before the quotes are, and end them. */
const literal = (latin1: string): string =>
  `"${latin1.replace(/[^\x20-\x7e]|["\\]/g, character => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`

const mostLiteral = 16_384 // characters: a constant has at most 65 535 bytes, and may take three for one

function bodyOf(body: Uint8Array): string {
  if (body.length === 0) return 'null'
  if (body.length > mostInlineBytes) return `file("request-body.bin") /* save ${body.length} bytes there first */`
  const latin1 = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')
  const pieces = Array.from({ length: Math.ceil(latin1.length / mostLiteral) }, (_, i) =>
    literal(latin1.slice(i * mostLiteral, (i + 1) * mostLiteral)),
  )
  return `bytes(${pieces.join(', ')})`
}
