import { refusalsAt, refusalsElsewhere, refusalsOf } from './refusal.js';

const refusals = [
  { message: 'taken', path: ['input', 'name'] },
  { message: 'named twice', path: ['input', 'tags', '1'] },
  { message: 'down', path: ['input'] },
  { message: 'gone', path: ['id'] },
  { message: 'not yours', path: null },
];

it('leads to fields, and to what is within them', () => {
  expect(refusalsAt(refusals, 'input.tags')).toEqual([refusals[1]]);
  expect(refusalsAt(refusals, 'input.na')).toEqual([]);
});

it('keeps what belongs to no field that is shown', () => {
  expect(refusalsElsewhere(refusals, ['input.name', 'input.tags'])).toEqual(refusals.slice(2));
});

it('tells a row from its fields', () => {
  expect(refusalsOf(refusals, 'input.tags')).toEqual([]);
  expect(refusalsOf(refusals, 'input.tags.1')).toEqual([refusals[1]]);
});
