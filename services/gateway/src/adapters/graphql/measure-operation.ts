import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large an operation is, with all its fragments spread. */
export interface Measure {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly selections: number;
  readonly cost: number;
}

/** How long a list is taken to be that says nothing about its length. */
const UNPAGED_LENGTH = 10;
/** Of a page whose length is no number yet. */
const LONGEST_PAGE = 100;
const NOTHING: Measure = {
  depth: 0,
  introspectionDepth: 0,
  aliases: 0,
  directives: 0,
  selections: 0,
  cost: 0,
};

/**
 * Measures an operation without spreading its fragments: each is measured once, so that the time grows with the
 * document and not with what it stands for.
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const measurement = new Measurement(schema, fragments, { ...defaultsOf(operation), ...variables });
  const root = schema.getRootType(operation.operation) ?? undefined;
  return plus(measurement.ofSelections(operation.selectionSet, root), {
    ...NOTHING,
    directives: operation.directives?.length ?? 0,
  });
}

/** Of the variables that stand for a page's length: nothing else is asked for. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

class Measurement {
  readonly #measured = new Map<string, Measure>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  ofSelections(set: SelectionSetNode | undefined, type: GraphQLNamedType | undefined): Measure {
    return (set?.selections ?? [])
      .map((selection) => this.#ofSelection(selection, type))
      .reduce(plus, NOTHING);
  }

  #ofSelection(selection: SelectionNode, type: GraphQLNamedType | undefined): Measure {
    const own = { ...NOTHING, selections: 1, directives: selection.directives?.length ?? 0 };
    if (selection.kind === Kind.FRAGMENT_SPREAD) return plus(own, this.#ofFragment(selection.name.value));
    if (selection.kind === Kind.FIELD) return plus(own, this.#ofField(selection, type));
    const condition = selection.typeCondition && this.schema.getType(selection.typeCondition.name.value);
    return plus(own, this.ofSelections(selection.selectionSet, condition ?? type));
  }

  #ofFragment(name: string): Measure {
    const known = this.#measured.get(name);
    if (known) return known;
    // A fragment within itself counts nothing here; validation refuses it.
    this.#measured.set(name, NOTHING);
    const fragment = this.fragments.get(name);
    const type = fragment && this.schema.getType(fragment.typeCondition.name.value);
    const measure = this.ofSelections(fragment?.selectionSet, type);
    this.#measured.set(name, measure);
    return measure;
  }

  #ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Measure {
    const name = node.name.value;
    const field = isObjectType(parent) ? parent.getFields()[name] : undefined;
    const below = this.ofSelections(node.selectionSet, field && getNamedType(field.type));
    const isIntrospection = name === '__schema' || name === '__type';
    const depth = isIntrospection ? 1 : below.depth + 1;
    return {
      ...below,
      depth,
      introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
      aliases: below.aliases + (node.alias ? 1 : 0),
      cost: 1 + below.cost * this.#lengthOf(node, field),
    };
  }

  #lengthOf(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined): number {
    const first = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (first?.kind === Kind.INT) return lengthFrom(Number(first.value));
    if (first?.kind === Kind.VARIABLE) return lengthFrom(this.variables[first.name.value]);
    // The list within a page is as long as the page, which was counted where its length was named.
    const isPageContent = node.name.value === 'nodes' || node.name.value === 'edges';
    return field && isListType(getNullableType(field.type)) && !isPageContent ? UNPAGED_LENGTH : 1;
  }
}

const lengthFrom = (value: unknown): number =>
  typeof value === 'number' && value >= 1 ? Math.min(value, LONGEST_PAGE) : LONGEST_PAGE;

const plus = (one: Measure, other: Measure): Measure => ({
  depth: Math.max(one.depth, other.depth),
  introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  selections: one.selections + other.selections,
  cost: one.cost + other.cost,
});
