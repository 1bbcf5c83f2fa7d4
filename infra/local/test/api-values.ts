import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';

export const isDemanded = ({ type, defaultValue }: Pick<GraphQLArgument, 'type' | 'defaultValue'>): boolean =>
  isNonNullType(type) && defaultValue === undefined;

const SAMPLES: Record<string, unknown> = {
  amount: '10.00',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  from: '2030-01-01T00:00:00Z',
  to: '2030-01-02T00:00:00Z',
  paused: true,
};

/** A value that an argument or input field of that name and type takes. */
export function valueOf(name: string, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(name, type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const demanded = Object.values(type.getFields()).filter(isDemanded);
    return Object.fromEntries(demanded.map((field) => [field.name, valueOf(field.name, field.type)]));
  }
  if (name in SAMPLES) return SAMPLES[name];
  if (getNamedType(type).name === 'Int') return 1;
  return 'nonsense';
}

/** An argument with its value, as it stands in a query. */
export const writtenOut = ({ name, type }: GraphQLArgument): string =>
  `${name}: ${JSON.stringify(valueOf(name, type))}`;

/** An acceptable value for each argument that a field demands, written out. */
export function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const demanded = args.filter(isDemanded).map(writtenOut);
  return demanded.length > 0 ? `(${demanded.join(', ')})` : '';
}
