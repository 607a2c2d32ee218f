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

/** The value where it may be shown; undefined instead of a secret. */
export function shown<V>(value: V): V extends Secret ? undefined : V;
export function shown(value: unknown): unknown {
  return value instanceof Secret ? undefined : value;
}

/** The value itself, to send, compare or hash it: never for an output. */
export function revealed<V>(value: V): V extends Secret ? string : V;
export function revealed(value: unknown): unknown {
  return value instanceof Secret ? value.reveal() : value;
}
