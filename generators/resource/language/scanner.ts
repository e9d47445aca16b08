/** Reads a text from left to right. */
export class Scanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** How many characters have been read. */
  get position(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#text.length;
  }

  /** Reads what a sticky pattern matches here, and gives its last group; undefined if it does not match. */
  take(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern, 'ys');
    sticky.lastIndex = this.#position;
    const match = sticky.exec(this.#text);
    if (match === null) return undefined;
    this.#position += match[0].length;
    return match.at(-1);
  }

  /** Whether a pattern matches here. */
  sees(pattern: RegExp): boolean {
    const sticky = new RegExp(pattern, 'ys');
    sticky.lastIndex = this.#position;
    return sticky.test(this.#text);
  }
}
