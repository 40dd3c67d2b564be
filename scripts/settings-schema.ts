import { fluxReleases } from '../src/flux/releases';

export const SETTINGS_SCHEMA_FILE = 'docs/fluxwright.schema.json';

/** The JSON Schema of fluxwright.yaml, by which editors complete and check it. src/checks/read-settings.ts says the same in words. */
export function settingsSchema(ruleIds: readonly string[]): string {
  const object = { type: 'string', pattern: '^\\s*[A-Za-z*][A-Za-z0-9*]*(/[^\\s/]+){1,2}\\s*$' };
  const text = { type: 'string', pattern: '\\S' };
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'fluxwright.yaml',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      checks: {
        description: 'How fluxwright check looks at this repository.',
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          ignore: {
            description: 'Findings to live with, each with a reason.',
            type: ['array', 'null'],
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['rule', 'reason'],
              properties: {
                rule: { description: 'The id that the finding ends with.', enum: ruleIds },
                reason: { description: 'Why the finding is right as it is.', ...text },
                path: { description: 'Files that it holds for, in the words of .gitignore. All, if left out.', ...text },
                object: { description: 'The object that it holds for: Kind/name or Kind/namespace/name, * for anything. All, if left out.', ...object },
              },
            },
          },
          outsiders: { description: 'Objects that something outside of the repository provides: Kind/name or Kind/namespace/name, * for anything.', type: ['array', 'null'], items: object },
          kubernetes: { description: 'The Kubernetes version of the clusters, in quotes. The newest known, if left out.', type: ['string', 'null'], pattern: '^\\s*v?1\\.\\d{1,3}(\\.\\d+)?\\s*$' },
          flux: { description: 'The Flux release of clusters that do not tell, in quotes. The newest known, if left out.', type: ['string', 'null'], pattern: `^\\s*v?(${fluxReleases.map((release) => release.replace('.', '\\.')).join('|')})(\\.\\d+)?\\s*$` },
          exclude: { description: 'Paths that are no part of what Flux reads, in the words of .gitignore.', type: ['array', 'null'], items: text },
        },
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
