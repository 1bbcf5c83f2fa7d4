const UNITS = { d: 86_400, h: 3_600, min: 60, s: 1 } as const;
const WORDS = /^(?:(\d+) ?d)? ?(?:(\d+) ?h)? ?(?:(\d+) ?min)? ?(?:(\d+) ?s)?$/;
const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** A duration of the API in words: PT90M is 1 h 30 min. What is none stays as it is. */
export function spanInWords(iso: string): string {
  let rest = secondsIn(ISO, iso);
  if (rest === undefined) return iso;
  const parts: string[] = [];
  for (const [unit, seconds] of Object.entries(UNITS)) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ') || '0 s';
}

/** The opposite. What cannot be understood is passed on: the API says what is wrong with it. */
export function spanFromWords(words: string): string {
  const seconds = secondsIn(WORDS, words.trim().replace(/\s+/g, ' '));
  return seconds === undefined ? words.trim() : `PT${seconds}S`;
}

function secondsIn(form: RegExp, text: string): number | undefined {
  const counts = form.exec(text)?.slice(1);
  if (!counts || counts.every((count) => count === undefined)) return undefined;
  return Object.values(UNITS).reduce((sum, unit, index) => sum + unit * Number(counts[index] ?? 0), 0);
}
