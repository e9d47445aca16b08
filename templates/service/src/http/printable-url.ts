/**
 * The path of a request target, which may be a whole URL (RFC 9112, 3.2.2), without its query.
 */
export function pathOf(target: string): string {
  if (target.startsWith('/') || target === '*') return withoutCredentials(withoutQuery(target));
  return URL.canParse(target) ? withoutCredentials(new URL(target).pathname) : '[invalid]';
}

/** A URL without what may be secret: credentials and query. */
export function printableUrl(text: string): string {
  if (!URL.canParse(text)) return '[invalid]';
  const { protocol, host, pathname } = new URL(text);
  return host === '' ? protocol : `${protocol}//${host}${withoutCredentials(pathname)}`;
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*/s, '');
}

/** Also of a URL that is part of a path. */
function withoutCredentials(path: string): string {
  return path.replace(/\/\/[^/]*@/g, '//');
}
