import { hasControlCharacters, refusal, type Refusal } from '@cleanroom/kernel';

const LONGEST_NAME = 100;

/** A name that people read: 1 to 100 characters of text in one line; blanks around it do not count. */
export const checkName = (name: string, ...path: string[]): Refusal[] =>
  name.trim().length >= 1 && name.trim().length <= LONGEST_NAME && !hasControlCharacters(name.trim())
    ? []
    : [refusal('INVALID', `A name has 1 to ${LONGEST_NAME} characters, in one line.`, ...path)];
