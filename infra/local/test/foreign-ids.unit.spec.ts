import { getNamedType, isInputObjectType, type GraphQLInputType } from 'graphql';
import { mutations } from './api-schema.js';
import { foreignIds } from './foreign-ids.js';

/** Whether an id can stand in a value of the type, however deep. */
function takesId(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return named.name === 'ID';
  return Object.values(named.getFields()).some((field) => takesId(field.type));
}

it('an id of another organisation is tried in each mutation that takes one', () => {
  const taking = mutations
    .filter(({ args }) => args.some(({ type }) => takesId(type)))
    .map(({ name }) => name);
  const tried = foreignIds.map(({ field }) => field.split('(')[0]);
  expect([...tried, 'createRunnerPool'].sort()).toEqual(taking.sort());
});
