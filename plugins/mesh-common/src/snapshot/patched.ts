import { lineageOf } from './lineage';

interface Made<Version, Result> {
  version: Version;
  result: Result;
}

/**
 * A function of the versions of something that is never changed in place, whose result for one version is made from the
 * result for another one where that is less work than to begin anew. Results are kept as long as their versions.
 */
export function patched<Version extends object, Result>(
  build: (version: Version) => Result,
  /** The result for the version after, of the one before; undefined: it has to be built. */
  patch: (
    before: Made<Version, Result>,
    after: Version,
  ) => { result: Result } | undefined,
): (version: Version) => Result {
  const results = new WeakMap<Version, { result: Result }>();
  const latest = new WeakMap<object, Made<Version, Result>>();
  return version => {
    const known = results.get(version);
    if (known) {
      return known.result;
    }
    const lineage = lineageOf(version);
    const before = latest.get(lineage);
    const made = (before && patch(before, version)) ?? {
      result: build(version),
    };
    results.set(version, made);
    latest.set(lineage, { version, result: made.result });
    return made.result;
  };
}
