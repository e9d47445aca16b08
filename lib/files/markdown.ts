/** Escapes one line of text, so that Markdown renders it as it is. */
export function asMarkdown(line: string): string {
  return line
    .split(' ')
    .map(escapeWord)
    .join(' ')
    .replace(/^[-+#>]/, '\\$&')
    .replace(/^(\d+)([.)])(?= |$)/, '$1\\$2');
}

function escapeWord(word: string): string {
  const escaped = word
    .replace(/[\\`*[\]<~]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/&(?=#?\w+;)/g, '\\&');
  // GitHub would make a link of it and show the backslashes.
  return escaped === word ? word : escaped.replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&');
}
