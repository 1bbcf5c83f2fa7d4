import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { workspaceRoot } from '../src/config.js';

/** Modules by which a process reaches another host without a client of ours. */
const NETWORK =
  /^(?:node:)?(?:http|https|http2|net|tls|dns|dgram)(?:\/.*)?$|^(?:undici|ws|axios|got|graphql-ws|nodemailer)$/;
const CLIENTS = ['HetznerClient', 'GitLabClient'];
const MAKERS = ['createHetznerClient', 'createGitLabClient'];

/** What the source of a service says about the outside. */
export interface OutsideCalls {
  /** Classes that hold a client of Hetzner or GitLab, as `<file>: <class>`. */
  readonly adapters: readonly string[];
  /** Whatever else reaches outside, or could, as `<file>: <what>`. */
  readonly others: readonly string[];
}

/** Reads every source file of a service; whoever adds one that reaches outside is found without a word here. */
export function outsideCallsOf(service: string): OutsideCalls {
  const folder = join(workspaceRoot, 'services', service, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('generated'))
    .sort();
  const found = files.map((file) => readSource(file, readFileSync(join(folder, file), 'utf8')));
  return {
    adapters: found.flatMap(({ adapters }) => adapters),
    others: found.flatMap(({ others }) => others),
  };
}

/** What one file says about the outside. */
export function readSource(file: string, text: string): OutsideCalls {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const holdsClient = importedNames(source).some((name) => CLIENTS.includes(name));
  const adapters: string[] = [];
  const others: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node) && holdsClient) adapters.push(`${file}: ${node.name?.text ?? 'a class'}`);
    const what = reachOf(node);
    if (what) others.push(`${file}: ${what}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  // A client that no class holds is held by a function, at which no process can be killed.
  if (holdsClient && adapters.length === 0) others.push(`${file}: a client without a class`);
  return { adapters, others };
}

function importedNames(source: ts.SourceFile): string[] {
  return source.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const named = importClause?.namedBindings;
    if (!named) return [];
    // All of a module: the client's type is among it.
    return ts.isNamespaceImport(named)
      ? CLIENTS
      : named.elements.map((one) => (one.propertyName ?? one.name).text);
  });
}

/** How a node reaches outside past the adapters; `undefined` where it does not. */
function reachOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly) return networkOf(node.moduleSpecifier);
  if (!ts.isCallExpression(node)) return undefined;
  const called = calledName(node);
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0] && networkOf(node.arguments[0]);
  if (called === 'fetch') return 'fetch';
  if (called === 'guardedFetch' && !isHandedOn(node)) return 'guardedFetch';
  if (called !== undefined && MAKERS.includes(called) && !isGivenToClass(node)) return called;
  return undefined;
}

const networkOf = (module: ts.Node): string | undefined =>
  ts.isStringLiteral(module) && NETWORK.test(module.text) ? module.text : undefined;

function calledName({ expression }: ts.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

/** Kept under the name of fetch, by which a call of it would be found. */
function isHandedOn({ parent }: ts.Node): boolean {
  if (ts.isPropertyAssignment(parent)) return parent.name.getText() === 'fetch';
  return ts.isBinaryExpression(parent) && parent.left.getText() === 'this.fetch';
}

/** A client that is made for a class and nothing else: `new Adapter(client)`, with or without a name for it. */
function isGivenToClass(call: ts.CallExpression): boolean {
  if (ts.isNewExpression(call.parent)) return true;
  if (!ts.isVariableDeclaration(call.parent)) return false;
  const { name } = call.parent;
  let scope: ts.Node = call.parent;
  while (!ts.isBlock(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  const uses: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node !== name && node.text === name.getText()) uses.push(node);
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return uses.every((use) => ts.isNewExpression(use.parent));
}
