import { createHash } from 'node:crypto';
import { Finding } from 'backstage-plugin-mesh-common';

/**
 * What tells findings apart from one run to the next: the rule, the object and the field, and not the line, which
 * moves, nor the message, which may count. Several of one field are numbered.
 */
export function fingerprints(
  findings: readonly Finding[],
): Map<Finding, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map(finding => {
      const { code, title, object, field } = finding;
      const { kind, namespace, name } = object;
      const key = JSON.stringify([code, title, kind, namespace, name, field]);
      const number = seen.get(key) ?? 0;
      seen.set(key, number + 1);
      const hash = createHash('sha256').update(`${key} ${number}`);
      return [finding, hash.digest('hex').slice(0, 32)];
    }),
  );
}
