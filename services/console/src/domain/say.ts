import { sayInstants } from './instants.js';
import { momentOf } from './when.js';

const whole = new Intl.NumberFormat('en');

/** 1,224 */
export const number = (value: number): string => whole.format(value);

/** 1 job, 7 jobs */
export const amountOf = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something has lasted, in the two units that matter: 39 s, 16 min, 1 h 2 min, 3 d 4 h. */
export function duration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return pair(Math.floor(ms / HOUR), 'h', Math.floor((ms % HOUR) / MINUTE), 'min');
  return pair(Math.floor(ms / DAY), 'd', Math.floor((ms % DAY) / HOUR), 'h');
}

const pair = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;

/** When something is next tried, as a sentence. */
export function nextTry(at: number, now: number): string {
  const ms = at - now;
  if (ms <= 0) return 'The next try is due now.';
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 1) return `Next try in ${amountOf(Math.ceil(ms / SECOND), 'second')}.`;
  return minutes < 60 ? `Next try in ${amountOf(minutes, 'minute')}.` : `Next try in ${duration(ms)}.`;
}

/** A reason as a sentence: services say theirs in the midst of one, and instants as computers write them. */
export function sentence(text: string): string {
  const trimmed = sayInstants(text.trim(), (at) => `${momentOf(at)} UTC`);
  if (trimmed === '') return '';
  const isWord = /^[a-z]+(\s|:|$)/.test(trimmed);
  const begun = isWord ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** cpx31 or cpx41 */
export const choice = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

/** An amount of money with its sign, to the cent: €36.48. */
export function money({ amount, currency }: { amount: string; currency: string }): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(Number(amount));
}
