const marker = '[secret]';

/** Holds a value that no text, JSON or inspection may show. Only the code that sends it calls `reveal`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return marker;
  }

  toJSON(): string {
    return marker;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return marker;
  }
}
