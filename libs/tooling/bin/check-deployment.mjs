#!/usr/bin/env node
// Refuses a compose file or a manifest that breaks the official structure, without Docker or a cluster.
// Usage: check-deployment.mjs [--root FOLDER]
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';

const { values } = parseArgs({ options: { root: { type: 'string' } } });
const root = values.root ?? fileURLToPath(new URL('../../..', import.meta.url));
const schemas = new URL('../deployment/schemas/', import.meta.url);
const problems = [];
const validators = new Map();

for (const file of ['docker-compose.yml', ...globSync('infra/compose/*.yml', { cwd: root })])
  for (const document of documents(file)) check(file, 'compose-spec', document);

const kustomizations = globSync('infra/k8s/**/kustomization.yaml', { cwd: root });
const named = kustomizations.flatMap(filesOfKustomization);
for (const { file, isPatch } of named)
  for (const document of documents(file)) check(file, schemaNameOf(document), document, isPatch);

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The manifests that a kustomization names itself; folders have a kustomization of their own. */
function filesOfKustomization(kustomization) {
  const [content] = documents(kustomization);
  const file = (path) => relative(root, join(root, kustomization, '..', path));
  return [
    ...(content.resources ?? [])
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => ({ file: file(path), isPatch: false })),
    ...(content.patches ?? [])
      .filter(({ path }) => path)
      .map(({ path }) => ({ file: file(path), isPatch: true })),
  ];
}

/** As the schemas are called: deployment-apps-v1, service-v1. */
function schemaNameOf({ apiVersion = '', kind = '' }) {
  const [group] = apiVersion.split('/').at(-2)?.split('.') ?? [];
  return [kind, ...(group ? [group] : []), apiVersion.split('/').at(-1)].join('-').toLowerCase();
}

function documents(file) {
  return parseAllDocuments(readFileSync(join(root, file), 'utf8'), { merge: true }).map((document) => {
    for (const { message } of document.errors) problems.push(`${file}: ${message}`);
    return document.toJS() ?? {};
  });
}

/** A patch says only what differs, so that nothing can be missing from it. */
function check(file, name, document, isPatch = false) {
  const validate = validatorFor(name);
  if (!validate) return void problems.push(`${file}: there is no schema ${name}.json to check it with`);
  if (validate(document)) return;
  for (const { keyword, instancePath, message, params } of validate.errors)
    if (!isPatch || keyword !== 'required')
      problems.push(`${file}: ${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
}

function validatorFor(name) {
  if (!validators.has(name)) validators.set(name, compiled(name));
  return validators.get(name);
}

function compiled(name) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, validateSchema: false });
  try {
    return ajv.compile(JSON.parse(readFileSync(new URL(`${name}.json`, schemas), 'utf8')));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
