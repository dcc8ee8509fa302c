/** `apps/v1` for a group and version, `v1` for the core group. */
export function groupVersionOf(group: string, version: string): string {
  return group ? `${group}/${version}` : version;
}

export function splitGroupVersion(apiVersion: string): {
  group: string;
  version: string;
} {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : {
        group: apiVersion.slice(0, slash),
        version: apiVersion.slice(slash + 1),
      };
}

/**
 * The order in which Kubernetes prefers versions: general availability before beta before alpha, each from the newest,
 * and names of another form last, by the alphabet.
 */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (left && right) {
    return (
      right.stability - left.stability ||
      right.major - left.major ||
      right.minor - left.minor
    );
  }
  if (left || right) {
    return left ? -1 : 1;
  }
  return a.localeCompare(b);
}

const STABILITY = ['alpha', 'beta', ''];

function parse(version: string) {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  return (
    match && {
      major: Number(match[1]),
      stability: STABILITY.indexOf(match[2] ?? ''),
      minor: Number(match[3] ?? 0),
    }
  );
}
