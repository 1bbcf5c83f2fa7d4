import { GraphQLError, Kind, parse, type FieldNode, type SelectionSetNode } from 'graphql';

/**
 * The errors that stand for the answer of a subgraph that gave none: one for each field that was asked of it, so that
 * the caller sees where something is missing, and why.
 */
export function missingAnswer(
  query: string,
  message = 'This part is not available now.',
): { errors: GraphQLError[] } {
  const extensions = { code: 'SERVICE_UNAVAILABLE' };
  const errors = missingPaths(query).map((path) => new GraphQLError(message, { path, extensions }));
  return { errors };
}

/** Of entities that were asked for many at once, the first stands for all. */
function missingPaths(query: string): (string | number)[][] {
  const operation = parse(query, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) return [[]];
  return fieldsOf(operation.selectionSet).flatMap((field) =>
    field.name.value === '_entities'
      ? fieldsOf(field.selectionSet).map((below) => [keyOf(field), 0, keyOf(below)])
      : [[keyOf(field)]],
  );
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

function fieldsOf(selectionSet: SelectionSetNode | undefined): FieldNode[] {
  const fields = (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
  return fields;
}
