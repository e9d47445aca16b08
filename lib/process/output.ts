/** Where text for people goes: standard output, unless that is reserved for a JSON report. */
export function textStream(json: boolean): NodeJS.WriteStream {
  return json ? process.stderr : process.stdout;
}

/** Prints what the user asked for. */
export function printText(text: string, json = false): void {
  if (json) console.error(text);
  else console.log(text);
}

/** Prints notes and errors, to standard error. */
export function printNotice(text: string): void {
  console.error(text);
}

/** Prints an error with its stack: it was not expected, and the stack is what explains it. */
export function printUnexpected(error: unknown): void {
  console.error(error);
}

/** Prints a JSON document to standard output. */
export function printJson(document: unknown): void {
  console.log(JSON.stringify(document, null, 2));
}
