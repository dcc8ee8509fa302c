import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CLUSTER_KIND_IDS, KINDS } from 'backstage-plugin-mesh-common';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { rbacManifests } from './rbac';
import { PolicyRule } from './rules';

const written = readFileSync(
  resolve(__dirname, '../../deploy/rbac.yaml'),
  'utf8',
);

const roleSchema = z.object({
  kind: z.literal('ClusterRole'),
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      verbs: z.array(z.string()),
    }),
  ),
});

function writtenRules(): PolicyRule[] {
  const [role] = parseAllDocuments(written)
    .map(document => roleSchema.safeParse(document.toJS()))
    .flatMap(({ data }) => data ?? []);
  return role.rules;
}

describe('deploy/rbac.yaml', () => {
  it('is what the table of kinds makes (else run `yarn rbac`)', () => {
    expect(written).toBe(rbacManifests());
  });

  it.each(CLUSTER_KIND_IDS)('lets %s be read', kindId => {
    const { group, plural } = KINDS[kindId];
    expect(
      writtenRules().filter(
        rule =>
          rule.apiGroups.includes(group) && rule.resources.includes(plural),
      ),
    ).toEqual([expect.objectContaining({ verbs: ['get', 'list', 'watch'] })]);
  });

  it('gives no right to write, none to Secrets, and none by a wildcard', () => {
    for (const { apiGroups, resources, verbs } of writtenRules()) {
      expect(verbs).toEqual(['get', 'list', 'watch']);
      expect([...apiGroups, ...resources]).not.toContain('*');
      expect(resources).not.toContain('secrets');
    }
  });
});
