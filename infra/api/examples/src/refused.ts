/** Cleanroom refused a question; the code is stable, the message is for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}
