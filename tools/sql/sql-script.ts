/** Takes SQL scripts of PostgreSQL apart without looking into literals, quoted names and comments. */

const TOKEN = new RegExp(
  [
    /--[^\n]*/, // comment
    /[eE]'(?:[^'\\]|\\.|'')*'/, // literal with escapes
    /'(?:[^']|'')*'/, // literal
    /"(?:[^"]|"")*"/, // quoted name
    /\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$.*?\$\k<tag>\$/, // dollar-quoted literal
    /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/, // word
    /\s+/,
    /\/\*/, // start of a comment, which may hold others
    /./,
  ]
    .map(({ source }) => source)
    .join('|'),
  'suy',
);

/** Splits a script into its statements, each with the comments before it. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let statement = '';
  const isEnd = statementEnds();
  for (const token of tokensOf(script)) {
    if (isEnd(token)) {
      statements.push(statement);
      statement = '';
    } else statement += token;
  }
  return [...statements, statement]
    .map((statement) => statement.trim())
    .filter((statement) => tokensOf(statement).some(isMeaningful));
}

/** Whether a script begins or ends transactions itself. */
export function controlsTransactions(script: string): boolean {
  return splitStatements(script).some((statement) => {
    const [first = '', second = ''] = tokensOf(statement).filter(isMeaningful);
    return /^(begin|commit|end|rollback|abort|savepoint|release)$|^start transaction$/i.test(
      /^start$/i.test(first) ? `${first} ${second}` : first,
    );
  });
}

/** Removes the statements `BEGIN` and `COMMIT`, and keeps all the rest as it is. */
export function withoutTransactionControl(script: string): string {
  let result = '';
  let statement = '';
  const isEnd = statementEnds();
  for (const token of tokensOf(script)) {
    statement += token;
    if (!isEnd(token)) continue;
    // With the line break before it; what comes before that are comments.
    result += statement.replace(/\n?(?<=^|\n)(?:BEGIN|COMMIT);$/, '');
    statement = '';
  }
  return result + statement;
}

/** Removes the qualifier `"schema".` in front of quoted names. */
export function withoutSchema(script: string, schema: string): string {
  const qualifier = `"${schema.replaceAll('"', '""')}"`;
  const tokens = tokensOf(script);
  const isQualifier = (index: number) =>
    tokens[index] === qualifier &&
    tokens[index + 1] === '.' &&
    tokens[index + 2]?.startsWith('"') === true &&
    tokens[index - 1] !== '.';
  return tokens.filter((_, index) => !isQualifier(index) && !isQualifier(index - 1)).join('');
}

/** Recognises, token by token, the semicolons that end a statement of a script. */
function statementEnds(): (token: string) => boolean {
  let depth = 0; // of parentheses, and of the body of a function in SQL: BEGIN ATOMIC … END
  let previous = '';
  return (token) => {
    const word = token.toUpperCase();
    if (token === '(' || (word === 'ATOMIC' && previous === 'BEGIN')) depth++;
    else if (word === 'CASE' && depth > 0) depth++;
    else if (token === ')' || (word === 'END' && depth > 0)) depth--;
    if (isMeaningful(token)) previous = word;
    return token === ';' && depth === 0;
  };
}

function isMeaningful(token: string): boolean {
  return !/^(?:\s|--|\/\*)/.test(token);
}

/** The tokens of a script; joined they are the script. */
function tokensOf(script: string): string[] {
  const tokens: string[] = [];
  for (let index = 0; index < script.length;) {
    const token = tokenAt(script, index);
    tokens.push(token);
    index += token.length;
  }
  return tokens;
}

function tokenAt(script: string, index: number): string {
  TOKEN.lastIndex = index;
  const [token = ''] = TOKEN.exec(script) ?? [];
  return token === '/*' ? script.slice(index, endOfComment(script, index)) : token;
}

/** Comments may hold comments. */
function endOfComment(script: string, start: number): number {
  let depth = 0;
  for (const { 0: mark, index } of script.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += mark === '/*' ? 1 : -1;
    if (depth === 0) return start + index + mark.length;
  }
  return script.length;
}
