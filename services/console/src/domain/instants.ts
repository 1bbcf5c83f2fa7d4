const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A text in which instants are written as services do, 2026-11-30T14:48:42Z, with each as `say` puts it. */
export const sayInstants = (text: string, say: (at: number) => string): string =>
  text.replace(INSTANT, (instant) => say(Date.parse(instant)));
