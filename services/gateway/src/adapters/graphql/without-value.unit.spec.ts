import { buildSchema, getOperationAST, getVariableValues, parse } from 'graphql';
import { withoutValue } from './without-value.js';

const SECRET = 'glpat-CANARY: does not exist in "Role" enum. at "input.x"';
const schema = buildSchema(`
  type Query { a(input: Input): Int }
  input Input { token: String!, role: Role, count: Int, list: [Input!], id: ID }
  enum Role { OWNER VIEWER }`);

function errorsOf(input: unknown, type = 'Input'): string[] {
  const operation = getOperationAST(parse(`query($input: ${type}) { a(input: $input) }`));
  const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], { input });
  return errors.map((error) => withoutValue(error).message);
}

describe('what is said of a variable that is refused', () => {
  it.each([
    [{ token: SECRET, nmae: 1 }, 'an invalid value; Field "nmae" is not defined by type "Input".'],
    [{ token: [SECRET] }, 'an invalid value at "input.token"; String cannot represent a non string value.'],
    [
      { token: 't', role: SECRET },
      'an invalid value at "input.role"; The value does not exist in "Role" enum.',
    ],
    [
      { token: 't', count: SECRET },
      'an invalid value at "input.count"; Int cannot represent non-integer value.',
    ],
    [
      { token: 't', list: [{ token: SECRET, role: 7 }] },
      'an invalid value at "input.list[0].role"; Enum "Role" cannot represent non-string value.',
    ],
    [{ id: { secret: SECRET }, token: 't' }, 'an invalid value at "input.id"; ID cannot represent value.'],
    [SECRET, 'an invalid value; Expected type "Input" to be an object.'],
    [{ id: SECRET }, 'an invalid value; Field "token" of required type "String!" was not provided.'],
  ])('names the place and what is wrong, and not the value: %j', (input, expected) => {
    expect(errorsOf(input)).toEqual([`Variable "$input" got ${expected}`]);
  });

  it('is what it was where no value is in it', () => {
    expect(errorsOf(null, 'Input!')).toEqual([
      'Variable "$input" of non-null type "Input!" must not be null.',
    ]);
  });
});
