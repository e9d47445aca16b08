import { describe, expect, it } from 'vitest';
import { useTestApp } from '../../support/test-app.ts';

const HOST = 'http://localhost';

describe.each(['', '/example'])('with the service prefix "%s"', (prefix) => {
  const app = useTestApp({ SERVICE_PREFIX: prefix || '/' });

  /** Asks for a URL as a browser does, which follows redirects. */
  async function visit(url: URL): Promise<{ url: URL; status: number; body: string }> {
    const response = await app().inject(url.pathname + url.search);
    const { location } = response.headers;
    if (response.statusCode === 302) return visit(new URL(String(location), url));
    return { url, status: response.statusCode, body: response.body };
  }

  it('serves the OpenAPI document', async () => {
    const response = await app().inject(`${prefix}/docs/json`);

    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: prefix || '/' }],
      paths: { '/health/live': { get: {} }, '/health/ready': { get: {} } },
    });
  });

  it.each(['/docs', '/docs/', '/docs?page=1', '/docs/?page=1', '/docs/static/index.html'])(
    '%s is Swagger UI, whose files exist',
    async (path) => {
      const page = await visit(new URL(`${prefix}${path}`, HOST));
      const references = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)];
      const files = references.map(([, file = '']) => new URL(file, page.url));
      const answers = await Promise.all(files.map(visit));

      expect(files.map(({ pathname }) => pathname)).toContain(
        `${prefix}/docs/static/swagger-ui-bundle.js`,
      );
      expect(answers.map(({ status }) => status)).toEqual(files.map(() => 200));
      const initializer = answers.find(({ url }) => url.pathname.endsWith('-initializer.js'));
      const [, document = ''] = /resolveUrl\('(.+?)'\)/.exec(initializer?.body ?? '') ?? [];
      expect((await visit(new URL(document, page.url))).status).toBe(200);
    },
  );
});
