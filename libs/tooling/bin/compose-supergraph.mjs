#!/usr/bin/env node
// Composes the subgraphs' SDL files into the file that the gateway loads, so that schemas that do not fit together
// are found at build time, and into the public schema that partners read. Addresses are left out: the gateway learns
// them from its configuration.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';

const root = new URL('../../../', import.meta.url);
const target = new URL('services/gateway/supergraph.graphql', root);
const published = new URL('infra/api/schema.graphql', root);

function subgraph(name) {
  const folder = new URL(`services/${name}/src/adapters/graphql/`, root);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const sdl = files
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  return sdl && { name, typeDefs: parse(sdl) };
}

const subgraphs = readdirSync(new URL('services/', root)).sort().map(subgraph).filter(Boolean);
const result = composeServices(subgraphs);
if (compositionHasErrors(result)) {
  console.error('The subgraphs do not fit together:');
  for (const { message } of result.errors) console.error(`  ${message}`);
  process.exit(1);
}
const publicSchema = lexicographicSortSchema(buildASTSchema(parse(result.publicSdl)));
writeFileSync(target, result.supergraphSdl.trimEnd() + '\n');
mkdirSync(new URL('.', published), { recursive: true });
writeFileSync(published, printSchema(publicSchema).trimEnd() + '\n');
console.log(`${fileURLToPath(target)}: ${subgraphs.map(({ name }) => name).join(', ')}`);
