import { parseInstant } from '@cleanroom/kernel';
import { GraphQLError } from 'graphql';
import type { Window } from '../../domain/window.js';

/** More than a leap year: reports are read by people. */
const MOST_DAYS = 400;
const DAY_MS = 24 * 3_600_000;

/** @throws GraphQLError `BAD_USER_INPUT` where the bounds are no instants, in the wrong order or too far apart */
export function reportWindow({ from, to }: { from: string; to: string }): Window {
  const window = { from: instantOf(from, 'from'), to: instantOf(to, 'to') };
  const length = window.to.getTime() - window.from.getTime();
  if (length <= 0) throw badInput('"to" is after "from".');
  if (length > MOST_DAYS * DAY_MS) throw badInput(`A report covers at most ${MOST_DAYS} days.`);
  return window;
}

function instantOf(text: string, name: string): Date {
  const at = parseInstant(text);
  if (!at) throw badInput(`"${name}" is an instant such as 2026-11-01T00:00:00Z.`);
  return at;
}

const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
