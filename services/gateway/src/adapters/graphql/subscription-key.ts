import { getArgumentValues, getVariableValues, Kind, type FieldNode, type GraphQLSchema } from 'graphql';
import type { CallerFrom } from '../../ports.js';
import type { OperationParams } from './operation-params.js';
import type { PreparedOperation } from './prepare-operation.js';

/** The argument with which a subscription goes on where an earlier one ended. */
const RESUME = 'after';

/**
 * The same for subscriptions that bring the same events from now on; `undefined` for one that begins elsewhere, which
 * nobody else can listen to. Where callers sit makes no difference to what they hear.
 */
export function subscriptionKey(
  schema: GraphQLSchema,
  prepared: PreparedOperation,
  { query, variables, operationName }: Omit<OperationParams, 'isRegistered'>,
  caller: CallerFrom,
): string | undefined {
  const root = rootField(prepared);
  if (!root || resumes(schema, prepared, root, variables)) return undefined;
  return JSON.stringify([{ ...caller, source: undefined }, query, variables, operationName]);
}

/** A subscription has one field; where it hides in a fragment nobody looks for it. */
function rootField({ operation: { selectionSet } }: PreparedOperation): FieldNode | undefined {
  const [selection, ...others] = selectionSet.selections;
  return selection?.kind === Kind.FIELD && others.length === 0 ? selection : undefined;
}

function resumes(
  schema: GraphQLSchema,
  { operation }: PreparedOperation,
  root: FieldNode,
  variables: OperationParams['variables'],
): boolean {
  const field = schema.getSubscriptionType()?.getFields()[root.name.value];
  if (!field) return true;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return (getArgumentValues(field, root, coerced)[RESUME] ?? null) !== null;
}
