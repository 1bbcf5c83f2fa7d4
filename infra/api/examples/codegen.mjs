import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Types of the example's operations from the API as it is published, and the file with which an operator registers them. */
export default {
  errorsOnly: true,
  schema: here('../schema.graphql'),
  documents: here('src/operations/*.graphql'),
  generates: {
    [here('src/generated/')]: {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { mode: 'embedHashInDocument', hashAlgorithm: 'sha256' },
      },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        strictScalars: true,
        emitLegacyCommonJSImports: false,
        importExtension: '.ts',
        scalars: {
          Cursor: 'string',
          DateTime: 'string',
          Duration: 'string',
          LocalTime: 'string',
          TimeZone: 'string',
        },
      },
    },
  },
};
