import { marked } from 'marked';

/** The HTML that Markdown becomes. */
export function htmlOf(markdown: string): string {
  return marked.parse(markdown, { async: false });
}

/** The text that a browser shows for HTML that has no elements but links. */
export function shownText(html: string): string {
  return html
    .replace(/<a href="[^"]*">|<\/a>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
