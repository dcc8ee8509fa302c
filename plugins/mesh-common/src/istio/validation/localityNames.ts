import { Complaint } from '../../validation/report';

/**
 * Localities `region/zone/subzone`, of which none contains another one. A wildcard comes last
 * (istio/istio pkg/config/validation/agent/validation.go: validateLocalities).
 */
export function localitiesComplaint(names: readonly string[]): Complaint {
  const whole = new Set<string>();
  const begun = new Set<string>();
  for (const name of names) {
    const stars = name.split('*').length - 1;
    if (stars > 1 || (stars === 1 && !name.endsWith('*'))) {
      return `locality ${name} wildcard '*' number can not exceed 1 and must be in the end`;
    }
    const parts = partsOf(name);
    if (parts.includes('')) {
      return `locality ${name} must not contain empty region/zone/subzone info`;
    }
    const prefixes = parts.map((_, index) =>
      parts.slice(0, index + 1).join('/'),
    );
    const all = whole.has('*') || prefixes.some(prefix => whole.has(prefix));
    if (all || begun.has(prefixes[prefixes.length - 1])) {
      return `locality ${name} overlap with previous specified ones`;
    }
    whole.add(prefixes[prefixes.length - 1]);
    prefixes.forEach(prefix => begun.add(prefix));
  }
  return undefined;
}

/** At most three parts: what follows belongs to the third. */
function partsOf(name: string): string[] {
  const [region, zone, ...rest] = name.split('/');
  return [region, zone, rest.length > 0 ? rest.join('/') : undefined].filter(
    part => part !== undefined,
  );
}
