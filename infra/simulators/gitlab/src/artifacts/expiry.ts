const SECOND: Record<string, number> = {
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3_600,
  hr: 3_600,
  hour: 3_600,
  d: 86_400,
  day: 86_400,
  w: 604_800,
  week: 604_800,
  mo: 2_592_000,
  month: 2_592_000,
  y: 31_557_600,
  yr: 31_557_600,
  year: 31_557_600,
};

/**
 * Reads how long artifacts are kept, in the words that GitLab takes: `42`, `3 mins 4 sec`, `2h20min`, `6 mos 1 day`, `never`.
 *
 * @returns seconds, `never`, or undefined for what is none of it
 */
export function parseExpiry(text: string): number | 'never' | undefined {
  const words = text.trim().toLowerCase();
  if (words === 'never') return 'never';
  if (/^\d+$/.test(words)) return Number(words);
  const parts = [...words.matchAll(/(?<!\d)(\d+(?:\.\d+)?)\s*([a-z]+)/g)];
  const rest = words.replace(/(?<!\d)(\d+(?:\.\d+)?)\s*([a-z]+)/g, '').replace(/\band\b|[\s,]/g, '');
  if (parts.length === 0 || rest !== '') return undefined;
  const seconds = parts.map(([, count, unit = '']) => Number(count) * (unitSeconds(unit) ?? NaN));
  const sum = seconds.reduce((total, one) => total + one, 0);
  return Number.isNaN(sum) ? undefined : sum;
}

const unitSeconds = (unit: string): number | undefined => SECOND[unit] ?? SECOND[unit.replace(/s$/, '')];
