import {
  astFromValue,
  print,
  isSpecifiedScalarType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/**
 * What a schema lacks of a contract, or has of another type, as sentences. Additions are no gap, unless they demand
 * something of callers who know only the contract.
 *
 * @param contract the schema that partners were promised
 * @param schema the schema as it is
 * @param notYet coordinates (`Type` or `Type.field`) that may still be missing; one that exists is a gap of the list
 */
export function contractGaps(contract, schema, notYet = []) {
  const promised = Object.values(contract.getTypeMap()).filter(
    ({ name }) => !name.startsWith('__') && !isSpecifiedScalarType(contract.getType(name)),
  );
  const gaps = promised.flatMap((type) => typeGaps(type, schema.getType(type.name)));
  const missing = new Set(gaps.filter(({ missing }) => missing).map(({ at }) => at));
  const stale = notYet.filter((at) => !missing.has(at));
  return [
    ...gaps.filter(({ at, missing }) => !missing || !notYet.includes(at)).map(({ text }) => text),
    ...stale.map((at) => `${at} is listed as not yet there, but is not missing: take it off the list`),
  ];
}

const missing = (at) => [{ at, missing: true, text: `${at} is missing` }];
const different = (at, what, wanted, found) =>
  wanted === found ? [] : [{ at, missing: false, text: `${at}: ${what} is ${found}, not ${wanted}` }];

function typeGaps(wanted, found) {
  const at = wanted.name;
  if (!found) return missing(at);
  const kind = different(at, 'its kind', wanted.constructor.name, found.constructor.name);
  if (kind.length > 0) return kind;
  if (isEnumType(wanted)) return valueGaps(at, wanted, found);
  if (isInputObjectType(wanted))
    return inputGaps(at, wanted.getFields(), found.getFields(), isRequiredInputField);
  if (isObjectType(wanted) || isInterfaceType(wanted))
    return fieldGaps(at, wanted.getFields(), found.getFields());
  return [];
}

const valueGaps = (at, wanted, found) =>
  wanted.getValues().flatMap(({ name }) => (found.getValue(name) ? [] : missing(`${at}.${name}`)));

function fieldGaps(type, wanted, found) {
  return Object.values(wanted).flatMap((field) => {
    const at = `${type}.${field.name}`;
    const ours = found[field.name];
    if (!ours) return missing(at);
    return [
      ...different(at, 'its type', String(field.type), String(ours.type)),
      ...inputGaps(at, byName(field.args), byName(ours.args), isRequiredArgument),
    ];
  });
}

function inputGaps(owner, wanted, found, isRequired) {
  const gaps = Object.values(wanted).flatMap((input) => {
    const at = `${owner}.${input.name}`;
    const ours = found[input.name];
    if (!ours) return missing(at);
    return [
      ...different(at, 'its type', String(input.type), String(ours.type)),
      ...different(at, 'its default', defaultOf(input), defaultOf(ours)),
    ];
  });
  const demanded = Object.values(found).filter((input) => !wanted[input.name] && isRequired(input));
  return [
    ...gaps,
    ...demanded.flatMap(({ name }) => different(`${owner}.${name}`, 'it', 'in the contract', 'demanded')),
  ];
}

const byName = (args) => Object.fromEntries(args.map((arg) => [arg.name, arg]));

const defaultOf = ({ defaultValue, type }) =>
  defaultValue === undefined ? 'nothing' : print(astFromValue(defaultValue, type));
