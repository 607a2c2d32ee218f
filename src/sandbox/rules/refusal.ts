/** A call that the tenant declines. It becomes the vendor's `ErrorInfo`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** The vendor publishes no catalogue of codes; these are the sandbox's own, in the vendor's spelling. */
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}
