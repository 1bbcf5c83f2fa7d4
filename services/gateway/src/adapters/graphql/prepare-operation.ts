import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  Lexer,
  parse,
  separateOperations,
  Source,
  TokenKind,
  validate,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { isNestedBeyond } from '../../domain/nested-beyond.js';
import { isStorable } from '../../domain/storable.js';
import type { OperationParams } from './operation-params.js';
import { measureOperation } from './measure-operation.js';
import { exceeded, limitExceeded, ofRegistered, type QueryLimits } from './query-limits.js';
import { withoutValue } from './without-value.js';

/** An operation that may be executed. */
export interface PreparedOperation {
  /** The operation and the fragments that it uses, nothing else. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Documents are remembered so that their plans are; larger ones would cost more memory than that is worth. */
const MOST_REMEMBERED = 200;
const LONGEST_REMEMBERED = 8_192;
const MOST_VALIDATION_ERRORS = 5;
/** No input of ours has half as many levels; those that a body has room for no stack has. */
const MOST_LEVELS = 32;
/** All that graphql-js says where a selection repeats fields so often that it would compare them for too long. */
const GIVEN_UP = 'Validation aborted.';

/** Reads, measures and validates operations; throws the errors of what may not be executed. */
export class OperationPreparation {
  readonly #remembered = new Map<string, PreparedOperation>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: QueryLimits,
  ) {}

  /** @throws OperationRefused */
  prepare(params: OperationParams): PreparedOperation {
    const key = JSON.stringify([params.operationName, params.isRegistered, params.query]);
    const known = this.#remembered.get(key);
    if (isNestedBeyond(params.variables, MOST_LEVELS))
      refuse([limitExceeded('depth of the variables', MOST_LEVELS)]);
    if (!isStorable([params.variables, params.operationName])) refuse([unstorable()]);
    const prepared = known ?? readOperation(params, this.limits);
    this.#measure(prepared, params);
    if (!known) this.#validate(prepared);
    this.#remember(key, prepared);
    this.#checkVariables(prepared, params);
    return prepared;
  }

  /** Each time, because the length of a page may be a variable; before validation, which a bomb could keep busy. */
  #measure({ document, operation }: PreparedOperation, params: OperationParams): void {
    const measure = measureOperation(this.schema, document, operation, params.variables);
    refuse(exceeded(measure, operation.name?.value, limitsOf(params, this.limits)));
  }

  #validate({ document, operation }: PreparedOperation): void {
    refuse(mixedIntrospection(operation));
    refuse(unstorableTexts(document));
    const errors = validate(this.schema, document, undefined, { maxErrors: MOST_VALIDATION_ERRORS });
    refuse(
      errors.map((error) =>
        error.message === GIVEN_UP ? tooManyComparisons() : withCode(error, 'BAD_USER_INPUT'),
      ),
    );
  }

  #checkVariables({ operation }: PreparedOperation, { variables }: OperationParams): void {
    const maxErrors = MOST_VALIDATION_ERRORS;
    const { errors } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables, {
      maxErrors,
    });
    refuse((errors ?? []).map((error) => withCode(withoutValue(error), 'BAD_USER_INPUT')));
  }

  #remember(key: string, prepared: PreparedOperation): void {
    if (key.length > LONGEST_REMEMBERED) return;
    this.#remembered.delete(key);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(key, prepared);
  }
}

/** An operation that is not executed, with the reasons. */
export class OperationRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('this operation is not executed');
  }
}

function refuse(errors: readonly GraphQLError[]): void {
  if (errors.length > 0) throw new OperationRefused(errors);
}

function readOperation(params: OperationParams, limits: QueryLimits): PreparedOperation {
  const { query, operationName } = params;
  const whole = parseLimited(query, limitsOf(params, limits));
  const operation = getOperationAST(whole, operationName);
  if (!operation) {
    const message =
      operationName === undefined ? 'Name one operation.' : 'There is no operation of this name.';
    throw new OperationRefused([new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })]);
  }
  // The runtime looks at all operations of a document where it means one.
  const document = separateOperations(whole)[operation.name?.value ?? ''] ?? whole;
  return { document, operation };
}

const limitsOf = ({ isRegistered }: OperationParams, limits: QueryLimits): QueryLimits =>
  isRegistered ? ofRegistered(limits) : limits;

function parseLimited(query: string, limits: QueryLimits): DocumentNode {
  try {
    return parse(query, { maxTokens: limits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new OperationRefused([
      hasMoreTokens(query, limits.tokens)
        ? limitExceeded('number of tokens', limits.tokens)
        : withCode(error, 'BAD_USER_INPUT'),
    ]);
  }
}

/** The parser refuses such a document with a syntax error like any other, so it is counted again. */
function hasMoreTokens(query: string, most: number): boolean {
  const lexer = new Lexer(new Source(query));
  try {
    for (let tokens = 0; tokens <= most; tokens++) if (lexer.advance().kind === TokenKind.EOF) return false;
    return true;
  } catch {
    return false;
  }
}

/** Texts may be written with escapes, so that only the parsed ones tell. */
function unstorableTexts(document: DocumentNode): GraphQLError[] {
  const nodes: ASTNode[] = [];
  visit(document, { StringValue: (node) => void (isStorable(node.value) || nodes.push(node)) });
  return nodes.slice(0, MOST_VALIDATION_ERRORS).map((node) => unstorable(node));
}

const unstorable = (node?: ASTNode): GraphQLError =>
  new GraphQLError('A text holds a character that no text can: U+0000, or half of a surrogate pair.', {
    ...(node ? { nodes: [node] } : {}),
    extensions: { code: 'BAD_USER_INPUT' },
  });

/** Introspection is answered here and everything else by services: one answer cannot be made of both. */
function mixedIntrospection({ selectionSet }: OperationDefinitionNode): GraphQLError[] {
  const names = selectionSet.selections.map((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : '',
  );
  const isIntrospection = (name: string) => name === '__schema' || name === '__type';
  const isMixed = names.some(isIntrospection) && !names.every((name) => name.startsWith('__'));
  return isMixed
    ? [
        new GraphQLError('Ask for the schema in an operation of its own.', {
          extensions: { code: 'BAD_USER_INPUT' },
        }),
      ]
    : [];
}

const tooManyComparisons = (): GraphQLError =>
  new GraphQLError('The number of fields that share a name is too large in one selection.', {
    extensions: { code: 'QUERY_TOO_LARGE' },
  });

const withCode = (
  { message, locations, source, positions, nodes }: GraphQLError,
  code: string,
): GraphQLError =>
  new GraphQLError(message, {
    ...(nodes ? { nodes } : locations ? { source, positions } : {}),
    extensions: { code },
  });
