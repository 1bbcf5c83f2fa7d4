import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type ConstValueNode,
  type DefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { workspaceRoot } from '../src/config.js';
import { argumentsOf, isDemanded, valueOf, writtenOut } from './api-values.js';

const read = (path: string): string => readFileSync(join(workspaceRoot, path), 'utf8');

/** The API as it is published. */
export const publicSchema = buildSchema(read('infra/api/schema.graphql'));

type Field = GraphQLField<unknown, unknown>;

export const mutations = Object.values(publicSchema.getMutationType()?.getFields() ?? {});

type TypeNode = Extract<DefinitionNode, { kind: Kind.OBJECT_TYPE_DEFINITION }>;

const joins = (node: Pick<TypeNode, 'directives'>, name: string): Record<string, ConstValueNode>[] =>
  (node.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: args = [] }) => Object.fromEntries(args.map((arg) => [arg.name.value, arg.value])));
const graphOf = ({ graph }: Record<string, ConstValueNode>): string =>
  graph?.kind === Kind.ENUM ? graph.value : '';
const isKey = ({ key, resolvable }: Record<string, ConstValueNode>): boolean =>
  key !== undefined && !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);

/** What a service says of a type itself: its fields, and of those that are objects only that they are there. */
function ownSelection(type: TypeNode, graph: string): string {
  const own = (type.fields ?? []).filter((field) => {
    const graphs = joins(field, 'join__field').map(graphOf);
    return graphs.length === 0 || graphs.includes(graph);
  });
  const published = (publicSchema.getType(type.name.value) as GraphQLObjectType).getFields();
  return own
    .map(({ name }) => published[name.value])
    .filter((field) => field !== undefined)
    .map((field) => `${field.name}${argumentsOf(field)}${selectionOf(field)}`)
    .join(' ');
}

const selectionOf = ({ type }: Field): string => (isObjectType(getNamedType(type)) ? ' { __typename }' : '');

/** Each query that takes an id, as `$id`, and the type that has it. */
export const queriesById = (): { query: string; idOf: string }[] =>
  Object.values(publicSchema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
    field.args
      .filter(({ type }) => getNamedType(type).name === 'ID')
      .map((id) => {
        const others = field.args.filter((arg) => arg !== id && isDemanded(arg));
        const passed = others.map((arg) => `, ${writtenOut(arg)}`);
        const selection = field.args.some(({ name }) => name === 'first') ? 'nodes { id }' : 'id';
        return {
          query: `query($id: ID!) { ${field.name}(${id.name}: $id${passed.join('')}) { ${selection} } }`,
          idOf: id.name === 'poolId' ? 'RunnerPool' : getNamedType(field.type).name,
        };
      }),
  );

/** Each type with a key, for each service that can be asked for it directly. */
export const entities = parse(read('services/gateway/supergraph.graphql'))
  .definitions.filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
  .flatMap((type) =>
    joins(type, 'join__type')
      .filter(isKey)
      .map(graphOf)
      .map((graph) => ({
        type: type.name.value,
        service: graph.toLowerCase(),
        selection: ownSelection(type, graph),
      })),
  );

/** Each field that gives a page, with its type: `Query.runners`. */
export const pagedFields = (): { type: string; field: Field }[] =>
  Object.values(publicSchema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === 'first'))
        .map((field) => ({ type: type.name, field })),
    );

/** A call of a mutation with an acceptable value for each argument that it demands. */
export function callOf(field: Field): { mutation: string; variables: Record<string, unknown> } {
  const args = field.args.filter(isDemanded);
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const head = args.length > 0 ? `(${declared})` : '';
  return {
    mutation: `mutation${head} { done: ${field.name}${passed && `(${passed})`} { userErrors { code path } } }`,
    variables: Object.fromEntries(args.map(({ name, type }) => [name, valueOf(name, type)])),
  };
}
